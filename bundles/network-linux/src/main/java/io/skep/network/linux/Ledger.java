package io.skep.network.linux;

import io.skep.api.network.SandboxConfig;
import io.skep.api.network.SegmentConfig;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.model.codec.Codec;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which sandboxes are complete: a file each, written after everything else of the sandbox stands and removed before
 * anything of it goes. So a sandbox without a file is a half-made one of a process that was killed, and is made anew.
 */
final class Ledger {
    private static final String SUFFIX = ".json";

    private final Names names;

    Ledger(Names names) {
        this.names = names;
    }

    /** Every complete sandbox by id, sorted. */
    Map<String, SandboxConfig> complete() {
        Map<String, SandboxConfig> found = new TreeMap<>();
        for (String id : files(names.ledger(), "", SUFFIX)) {
            if (stands(id)) {
                found.put(id, read(id));
            }
        }
        return Collections.unmodifiableMap(found);
    }

    /** The networks that were stated to stand, as they were stated. */
    List<SegmentConfig> standing() {
        try {
            return Files.exists(segments())
                    ? Codec.fromJson(Files.readString(segments()), Standing.class)
                            .segments()
                    : List.of();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Remembers which networks are to stand. */
    void stand(List<SegmentConfig> stated) {
        try {
            if (stated.isEmpty()) {
                Files.deleteIfExists(segments());
                return;
            }
            Files.createDirectories(names.ledger());
            Path draft = names.ledger().resolve("segments.tmp");
            Files.writeString(draft, Codec.toJson(new Standing(stated)));
            Files.move(draft, segments(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** What the file of networks holds. */
    private record Standing(List<SegmentConfig> segments) {}

    private Path segments() {
        return names.ledger().resolve("segments");
    }

    /** Every sandbox of which anything is left, complete or not, sorted. */
    Set<String> all() {
        Set<String> ids = new TreeSet<>(files(names.ledger(), "", SUFFIX));
        ids.addAll(files(Names.NAMESPACES, names.namespacePrefix(), ""));
        return Collections.unmodifiableSet(ids);
    }

    void add(Collection<SandboxConfig> sandboxes) {
        try {
            Files.createDirectories(names.ledger());
            for (SandboxConfig sandbox : sandboxes) {
                Path draft = names.ledger().resolve(sandbox.id() + ".tmp");
                Files.writeString(draft, Codec.toJson(sandbox));
                Files.move(draft, file(sandbox.id()), StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw failure(e);
        }
    }

    void remove(Collection<String> ids) {
        try {
            for (String id : ids) {
                Files.deleteIfExists(file(id));
            }
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** True when the sandbox has a namespace. */
    boolean stands(String id) {
        return Files.exists(namespace(id));
    }

    Path namespace(String id) {
        return Names.NAMESPACES.resolve(names.namespace(id));
    }

    private SandboxConfig read(String id) {
        try {
            return Codec.fromJson(Files.readString(file(id)), SandboxConfig.class);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private Path file(String id) {
        return names.ledger().resolve(id + SUFFIX);
    }

    private static Set<String> files(Path directory, String prefix, String suffix) {
        Set<String> ids = new TreeSet<>();
        if (!Files.isDirectory(directory)) {
            return ids;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, prefix + "*" + suffix)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                ids.add(name.substring(prefix.length(), name.length() - suffix.length()));
            }
            return ids;
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private static SkepException failure(IOException e) {
        return new SkepException(
                ErrorCode.FAILED,
                "the list of network sandboxes cannot be kept: " + e + "; check that /run is writable and not full",
                e);
    }
}
