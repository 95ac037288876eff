package io.skep.cluster.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A Karaf that has started once, from which hosts are installed: what never changes is shared among them, the rest is copied. It starts in a
 * fraction of the time and shares the JVM's archive of classes.
 */
final class Template {
    private final Place place;
    private final Path directory;

    private Template(Place place, Path directory) {
        this.place = place;
        this.directory = directory;
    }

    /** The template for a distribution; made when there is none. One is kept. */
    static Template of(Place place) {
        try {
            Files.createDirectories(place.templates());
            try (FileChannel file = FileChannel.open(
                            place.templates().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = file.lock()) {
                Template template = new Template(place, place.templates().resolve(key(place)));
                if (lock.isValid() && !Files.exists(template.directory.resolve("data"))) {
                    template.make();
                }
                return template;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String key(Place place) throws IOException {
        StringBuilder key = new StringBuilder();
        for (Path file : List.of(place.distribution(), place.probe())) {
            key.append(file).append(Files.size(file)).append(Files.getLastModifiedTime(file));
        }
        return "%08x".formatted(key.toString().hashCode());
    }

    private void make() throws IOException {
        Path script = Scripts.copy("template.sh", place.templates());
        Programs.must(List.of(
                "bash",
                script.toString(),
                directory.toString(),
                place.distribution().toString(),
                place.probe().toString()));
        try (Lab lab = Lab.create(LabSpec.of(1), this, place)) {
            Host host = lab.host(1);
            host.up();
            host.stopNode();
            Programs.must(List.of(
                    "bash",
                    script.toString(),
                    directory.toString(),
                    host.files().toString()));
        }
    }

    Path directory() {
        return directory;
    }

    /** What the node of a host needs in its environment. */
    Map<String, String> environment(LabSpec spec, int number) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("SKEP_DATA", "/srv/data");
        variables.put("SKEP_READY", "/run/skep-ready");
        variables.put("SKEP_HEAP", spec.heap());
        variables.put("SKEP_JAVA_OPTS", spec.javaOptions() + " -Dskep.probe=/run/skep-probe");
        variables.put("JAVA_HOME", System.getProperty("java.home", ""));
        if (spec.clocks().contains(number)) {
            variables.putAll(SteppedClock.environment());
        }
        return variables;
    }

    /** Writes two scripts for those who look into a lab: one enters a host, the other is {@code ./skep} of its node. */
    void enterScripts(Path lab, Host host, Namespaces space) {
        String enter = "exec nsenter --target " + space.pid() + " --all --wd=/srv --";
        write(lab.resolve(host.name()).resolve("enter"), enter + " \"${@:-bash}\"");
        write(
                lab.resolve(host.name()).resolve("skep"),
                enter + " env SKEP_HOME=" + directory + " " + place.script() + " \"$@\"");
    }

    private static void write(Path file, String line) {
        try {
            Files.writeString(file, "#!/usr/bin/env bash\n" + line + "\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
