package io.skep.stack.compose.bind;

import io.skep.model.Mount;
import io.skep.stack.compose.tree.Node;
import io.skep.stack.compose.value.Amounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Mounts written as one word: {@code source:target:options}, and {@code target:options} for a tmpfs. */
final class ShortMount {
    private static final Set<String> HARMLESS = Set.of("rw", "z", "Z", "nocopy", "cached", "delegated", "consistent");
    private static final Set<String> TMPFS_HARMLESS = Set.of("rw", "noexec", "exec", "nosuid", "suid", "nodev", "dev");

    private final Values values;
    private final HostPaths paths;
    private final Volumes volumes;

    ShortMount(Values values, HostPaths paths, Volumes volumes) {
        this.values = values;
        this.paths = paths;
        this.volumes = volumes;
    }

    Optional<Mount> read(Node item) {
        Optional<String> text = values.text(item);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String[] parts = text.get().split(":", -1);
        if (parts.length > 3 || List.of(parts).contains("")) {
            return values.wrong(
                    item,
                    "a mount such as source:/target or source:/target:ro is expected here, not \"" + text.get() + "\"");
        }
        if (parts.length == 1) {
            return Optional.of(new Mount(Mount.Type.VOLUME, "", parts[0], false, 0, 0));
        }
        boolean readOnly = parts.length == 3 && readOnly(item, parts[2]);
        return named(item, parts[0], parts[1], readOnly);
    }

    Optional<Mount> tmpfs(Node item) {
        Optional<String> text = values.text(item);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        int colon = text.get().indexOf(':');
        if (colon < 0) {
            return Optional.of(new Mount(Mount.Type.TMPFS, "", text.get(), false, 0, 0));
        }
        return Optional.of(
                options(item, text.get().substring(0, colon), text.get().substring(colon + 1)));
    }

    private Optional<Mount> named(Node item, String source, String target, boolean readOnly) {
        if (HostPaths.isPath(source)) {
            return paths.resolve(item.place(), source)
                    .map(path -> new Mount(Mount.Type.BIND, path, target, readOnly, 0, 0));
        }
        return volumes.name(item.place(), source)
                .map(name -> new Mount(Mount.Type.VOLUME, name, target, readOnly, 0, 0));
    }

    private boolean readOnly(Node item, String options) {
        List<String> words = new ArrayList<>(List.of(options.split(",", -1)));
        boolean readOnly = words.remove("ro");
        words.removeAll(HARMLESS);
        words.forEach(word -> values.wrong(item, "the mount option \"" + word + "\" is not supported; use ro or rw"));
        return readOnly;
    }

    private Mount options(Node item, String target, String options) {
        boolean readOnly = false;
        long size = 0;
        int mode = 0;
        for (String option : options.split(",", -1)) {
            if (option.equals("ro")) {
                readOnly = true;
            } else if (option.startsWith("size=")) {
                size = Amounts.bytes(option.substring(5)).orElseGet(() -> bad(item, option));
            } else if (option.matches("mode=[0-7]{1,4}")) {
                mode = Integer.parseInt(option.substring(5), 8);
            } else if (!TMPFS_HARMLESS.contains(option)) {
                bad(item, option);
            }
        }
        return new Mount(Mount.Type.TMPFS, "", target, readOnly, size, mode);
    }

    private long bad(Node item, String option) {
        values.wrong(item, "the tmpfs option \"" + option + "\" is not supported; use size=64M, mode=1777 or ro");
        return 0;
    }
}
