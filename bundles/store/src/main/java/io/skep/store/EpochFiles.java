package io.skep.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.skep.api.store.Epoch;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.model.codec.Codec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * In which epoch this member is, on disk, and where the groups of the epochs have their files. Blocking.
 *
 * <pre>
 * consensus.epoch          the epoch; absent in the first one
 * NUMBER-ENGINE-GROUP/     the group of a later epoch
 * everything else          the group of the first epoch
 * </pre>
 */
final class EpochFiles {
    private static final String FILE = "consensus.epoch";
    private static final String DRAFT = FILE + ".new";
    /** Every engine writes it into its directory first. */
    private static final Path OWNER = Path.of("consensus.owner");

    private static final String ENGINE = "engine=";
    private static final Pattern GROUP = Pattern.compile("(\\d+)-.+");

    private final Path root;

    EpochFiles(Path root) {
        this.root = root;
    }

    /** The epoch that was entered last. */
    Optional<Epoch> read() {
        return text(Path.of(FILE)).map(text -> Codec.fromJson(text, Epoch.class));
    }

    /** The engine whose files of a first epoch are here. */
    Optional<String> firstEngine() {
        return text(OWNER).stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith(ENGINE))
                .map(line -> line.substring(ENGINE.length()))
                .findFirst();
    }

    private Optional<String> text(Path name) {
        try {
            return Optional.of(Files.readString(root.resolve(name)));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    /** Durable when it returns. The group's directory is there before the epoch is: see {@link Engines#open}. */
    void write(Epoch epoch) {
        try {
            Files.createDirectories(directory(epoch));
            Path draft = root.resolve(DRAFT);
            try (FileChannel file = FileChannel.open(
                    draft, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                ByteBuffer text = ByteBuffer.wrap(Codec.toJson(epoch).getBytes(UTF_8));
                while (text.hasRemaining()) {
                    file.write(text);
                }
                file.force(true);
            }
            Files.move(draft, root.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
            try (FileChannel names = FileChannel.open(root, StandardOpenOption.READ)) {
                names.force(true);
            }
        } catch (IOException e) {
            throw failed("write", e);
        }
    }

    /** Where an epoch's group has its files. */
    Path directory(Epoch epoch) {
        return epoch.number() == 1 ? root : root.resolve(name(epoch));
    }

    private static String name(Epoch epoch) {
        return epoch.number() + "-" + epoch.engine() + "-" + epoch.groupId();
    }

    /**
     * Deletes the groups that can never be needed again: those of earlier epochs, and others of the same number. One of a later epoch stays, for this
     * member may have voted in it.
     *
     * @param open epochs whose groups are open, and stay
     */
    void sweep(Epoch present, Collection<Epoch> open) {
        if (!Files.isDirectory(root)) {
            return;
        }
        try (Stream<Path> files = Files.list(root)) {
            for (Path file : files.filter(file -> over(file, present, open)).toList()) {
                delete(file);
            }
        } catch (IOException e) {
            throw failed("sweep", e);
        }
    }

    private static boolean over(Path file, Epoch present, Collection<Epoch> open) {
        String name = file.getFileName().toString();
        Matcher group = GROUP.matcher(name);
        if (Files.isDirectory(file) && group.matches()) {
            boolean needed = name.equals(name(present)) || open.stream().anyMatch(epoch -> name.equals(name(epoch)));
            return Long.parseLong(group.group(1)) <= present.number() && !needed;
        }
        boolean first = present.number() == 1 || open.stream().anyMatch(epoch -> epoch.number() == 1);
        return !first && !name.equals(FILE) && !name.equals(DRAFT);
    }

    private static void delete(Path file) throws IOException {
        List<Path> tree;
        try (Stream<Path> all = Files.walk(file)) {
            tree = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : tree) {
            Files.deleteIfExists(path);
        }
    }

    private SkepException failed(String verb, IOException e) {
        return new SkepException(
                ErrorCode.EXHAUSTED,
                "cannot " + verb + " the epoch in " + root + ": " + e
                        + "; check the disk and the owner of the directory",
                e);
    }
}
