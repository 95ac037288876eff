package io.skep.stack.compose.bind;

import io.skep.model.Mount;
import io.skep.stack.compose.tree.Node;
import io.skep.stack.compose.tree.Node.Mapping;
import io.skep.stack.compose.tree.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The file systems of a container: {@code volumes} in its short and long forms, and {@code tmpfs}. */
final class Mounts {
    private static final int MOST_BITS = 07777;

    private final Values values;
    private final HostPaths paths;
    private final Volumes volumes;
    private final ShortMount shortForm;

    Mounts(Scope scope, Volumes volumes) {
        this.values = scope.values();
        this.paths = new HostPaths(scope);
        this.volumes = volumes;
        this.shortForm = new ShortMount(values, paths, volumes);
    }

    /** A later file's mount replaces an earlier one's on the same target; within a file that is an error. */
    List<Mount> read(Fields fields) {
        Map<String, Mount> mounts = new LinkedHashMap<>();
        Map<String, Place> places = new LinkedHashMap<>();
        for (Node item : fields.take("volumes").map(values::items).orElse(List.of())) {
            mount(item).ifPresent(mount -> put(item.place(), mount, mounts, places));
        }
        for (Node item : fields.take("tmpfs").map(values::oneOrMore).orElse(List.of())) {
            shortForm.tmpfs(item).ifPresent(mount -> put(item.place(), mount, mounts, places));
        }
        return new ArrayList<>(mounts.values());
    }

    private void put(Place place, Mount mount, Map<String, Mount> mounts, Map<String, Place> places) {
        if (!mount.target().startsWith("/")) {
            values.findings()
                    .error(place, "\"" + mount.target() + "\" must be an absolute path in the container to mount on");
        }
        Place other = places.put(mount.target(), place);
        if (other != null && other.path().equals(place.path()) && !other.equals(place)) {
            values.findings()
                    .error(
                            place,
                            mount.target() + " is mounted in line " + other.line() + " already; keep one of them");
        }
        mounts.put(mount.target(), mount);
    }

    private Optional<Mount> mount(Node item) {
        return item instanceof Mapping ? longForm(new Fields(item, values)) : shortForm.read(item);
    }

    private Optional<Mount> longForm(Fields fields) {
        Optional<Mount.Type> type = fields.take("type", node -> values.word(node, Mount.Type.class));
        fields.entry("source");
        if (fields.entry("type").isEmpty()) {
            fields.findings().error(fields.place(), "a mount needs a \"type\": bind, volume or tmpfs");
        }
        if (fields.entry("target").isEmpty()) {
            fields.findings().error(fields.place(), "a mount needs a \"target\", a path in the container");
        }
        fields.ignore("consistency", "it has no meaning on Linux");
        Options options = options(fields);
        String target = fields.text("target");
        boolean readOnly = fields.flag("read_only");
        Optional<String> source = type.flatMap(known -> source(known, fields));
        fields.finish();
        return source.map(
                from -> new Mount(type.orElseThrow(), from, target, readOnly, options.sizeBytes(), options.mode()));
    }

    /** What only a tmpfs has. */
    private record Options(long sizeBytes, int mode) {}

    private Options options(Fields fields) {
        Fields bind = fields.fields("bind");
        bind.refuse("propagation", "is not supported yet; leave it out");
        bind.refuse("recursive", "is not supported yet; leave it out");
        bind.ignore("create_host_path", "make the directory on the host beforehand");
        bind.ignore("selinux", "it is not supported yet");
        bind.finish();
        Fields volume = fields.fields("volume");
        volume.ignore("nocopy", "volumes begin empty");
        volume.refuse("subpath", "is not supported yet; mount the whole volume");
        volume.finish();
        Fields tmpfs = fields.fields("tmpfs");
        long size = tmpfs.take("size", values::bytes).orElse(0L);
        int mode =
                tmpfs.take("mode", node -> values.integer(node, 0, MOST_BITS)).orElse(0);
        tmpfs.finish();
        return new Options(size, mode);
    }

    private Optional<String> source(Mount.Type type, Fields fields) {
        Optional<Node> node = fields.take("source");
        Optional<String> source = node.flatMap(values::text);
        return switch (type) {
            case BIND -> bindSource(fields, node, source);
            case VOLUME ->
                source.isEmpty()
                        ? Optional.of("")
                        : volumes.name(node.orElseThrow().place(), source.get());
            case TMPFS -> {
                node.ifPresent(found -> values.wrong(found, "a tmpfs has no source; leave it out"));
                yield Optional.of("");
            }
        };
    }

    private Optional<String> bindSource(Fields fields, Optional<Node> node, Optional<String> source) {
        if (node.isEmpty()) {
            fields.findings().error(fields.place(), "a bind mount needs a \"source\", a path on the host");
        }
        return source.flatMap(path -> paths.resolve(node.orElseThrow().place(), path));
    }
}
