package io.skep.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.model.codec.Codec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The directory of one node's swarm. {@code node.json} tells that there is one: it is written last and deleted first.
 *
 * <pre>
 * node.json          who this node is
 * secrets            its keys and what it was told, locked or not
 * join               the key of a join that has not succeeded yet; without node.json
 * consensus/SUFFIX/  the files of the member of that suffix; made before the secrets say that there is such a member
 * </pre>
 */
final class StateDirectory {
    private static final String NODE = "node.json";
    private static final String SECRETS = "secrets";
    private static final String JOIN = "join";
    private static final String MEMBERS = "consensus";

    /** So begin the names of all files that are never emptied of a member's directory; engines leave them alone. */
    private static final String MARK = "consensus.";

    /** Tells the place of a member that has not begun from one whose files are lost. */
    private static final String PREPARED = MARK + "prepared";

    private final Path directory;

    StateDirectory(Path directory) {
        this.directory = directory;
    }

    Path path() {
        return directory;
    }

    Optional<NodeFile> node() {
        return read(NODE).map(bytes -> node(new String(bytes, UTF_8)));
    }

    byte[] secrets() {
        return read(SECRETS).orElseThrow(() -> corrupt(SECRETS, "is missing", null));
    }

    void write(NodeFile node) {
        attempt(
                "write",
                () -> AtomicFile.write(
                        directory.resolve(NODE), Codec.toJson(node).getBytes(UTF_8)));
    }

    void writeSecrets(byte[] secrets) {
        attempt("write", () -> AtomicFile.write(directory.resolve(SECRETS), secrets));
    }

    Optional<byte[]> join() {
        return read(JOIN);
    }

    void writeJoin(byte[] join) {
        attempt("write", () -> {
            AtomicFile.directory(directory);
            AtomicFile.write(directory.resolve(JOIN), join);
        });
    }

    /** Makes the node one of a swarm, and prepares its member if it has one. What interrupted attempts left does not matter. */
    void enter(NodeFile node, byte[] secrets, Optional<String> memberSuffix) {
        clear(name -> !name.equals(JOIN));
        attempt("write", () -> AtomicFile.directory(directory));
        memberSuffix.ifPresent(this::prepareMember);
        writeSecrets(secrets);
        write(node);
        attempt("write", () -> AtomicFile.delete(directory.resolve(JOIN)));
    }

    /** Deletes what a kill left behind: keys of a swarm that was left, files of members that are no more. */
    void sweep(Optional<String> memberSuffix) {
        if (Files.exists(directory.resolve(NODE))) {
            clearMembers(memberSuffix);
        } else {
            clear(name -> !name.equals(JOIN));
        }
    }

    /** Where the member of this suffix keeps its files. */
    Path member(String suffix) {
        return directory.resolve(MEMBERS).resolve(suffix);
    }

    /** Makes the place of a member that never took part. Durable when it returns; only then the secrets may name the member. */
    void prepareMember(String suffix) {
        Path member = member(suffix);
        attempt("write", () -> {
            AtomicFile.directory(directory.resolve(MEMBERS));
            AtomicFile.directory(member);
            AtomicFile.write(member.resolve(PREPARED), new byte[0]);
        });
    }

    /** Refuses a member whose files are gone: it would vote and acknowledge without a memory of what it promised before. */
    void checkMember(String suffix) {
        Path member = member(suffix);
        boolean kept = Files.isDirectory(member)
                && children(member).stream()
                        .anyMatch(child -> child.getFileName().toString().startsWith(MARK));
        if (!kept) {
            throw new SkepException(
                    ErrorCode.CORRUPT,
                    "the log of this manager, " + member
                            + ", is lost, and with it what it had agreed on with the others; it must"
                            + " not take part again under its old name. If the disk was only not mounted, mount it and start"
                            + " the node again; else leave the swarm with swarm:leave --force, remove this node on another"
                            + " manager with swarm:node-rm --force, and join again");
        }
    }

    /** Deletes the files of all members but one. */
    void clearMembers(Optional<String> except) {
        Path members = directory.resolve(MEMBERS);
        if (Files.exists(members)) {
            children(members).stream()
                    .filter(child ->
                            !except.equals(Optional.of(child.getFileName().toString())))
                    .forEach(this::deleteTree);
        }
    }

    void delete() {
        attempt("delete", () -> AtomicFile.delete(directory.resolve(NODE)));
        clear(name -> true);
        attempt("delete", () -> Files.deleteIfExists(directory));
    }

    private void clear(Predicate<String> what) {
        if (Files.exists(directory)) {
            children(directory).stream()
                    .filter(child -> what.test(child.getFileName().toString()))
                    .forEach(this::deleteTree);
        }
    }

    private List<Path> children(Path parent) {
        try (Stream<Path> children = Files.list(parent)) {
            return children.toList();
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    private void deleteTree(Path root) {
        attempt("delete", () -> {
            try (Stream<Path> tree = Files.walk(root)) {
                for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            }
        });
    }

    private NodeFile node(String text) {
        try {
            return Codec.fromJson(text, NodeFile.class);
        } catch (SkepException e) {
            throw corrupt(NODE, "cannot be read: " + e.getMessage(), e);
        }
    }

    private Optional<byte[]> read(String name) {
        try {
            return Optional.of(Files.readAllBytes(directory.resolve(name)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    private void attempt(String verb, FileWork work) {
        try {
            work.run();
        } catch (IOException | UncheckedIOException e) {
            throw failed(verb, e);
        }
    }

    /** What is said of a file that makes no sense. */
    SkepException corrupt(String name, String what, @Nullable Exception cause) {
        return new SkepException(
                ErrorCode.CORRUPT,
                directory.resolve(name) + " " + what
                        + "; restore the directory from a backup, or leave the swarm with swarm:leave --force",
                cause);
    }

    private SkepException failed(String verb, Exception e) {
        return new SkepException(
                ErrorCode.EXHAUSTED,
                "cannot " + verb + " " + directory + ": " + e + "; check the disk and the owner of the directory",
                e);
    }

    private interface FileWork {
        void run() throws IOException;
    }
}
