package io.skep.consensus.ratis;

import io.skep.consensus.support.DurableNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Properties;
import java.util.concurrent.Semaphore;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftConfigurationProto;
import org.apache.ratis.thirdparty.com.google.protobuf.InvalidProtocolBufferException;

/**
 * What a member has voted and who the members are, as Ratis writes it into two small files. Where the disk has no room, Ratis puts an
 * empty file in the place of a good one. So each good one gets a second name, which takes no room; from that it is restored. Safe for
 * several threads: a member gives its own vote while it answers who asks for one.
 */
final class GoodRecords {
    private static final String VOTE = "raft-meta";
    private static final String MEMBERS = "raft-meta.conf";
    private static final String GOOD = ".good";
    private static final String DRAFT = ".draft";
    private static final String TERM = "term";
    private static final String VOTED_FOR = "votedFor";

    private final Path directory;
    private final Semaphore turn = new Semaphore(1, true);
    private boolean closed;

    GoodRecords(Path directory) {
        this.directory = directory;
    }

    /** True when the directory says who the members are. */
    boolean knowsMembers() {
        return Files.exists(directory.resolve(MEMBERS)) || Files.exists(directory.resolve(MEMBERS + GOOD));
    }

    /** Makes sure that the vote, and the term in which it was given, is on disk under its name. */
    void keepVote() throws IOException {
        inTurn(() -> {
            Path vote = directory.resolve(VOTE);
            if (term(vote) < 0) {
                throw new IOException("No space left on device: the vote could not be written");
            }
            keep(vote);
        });
    }

    /** Makes sure that the members, as of an entry of the log, are on disk; Ratis goes on when it cannot write them. */
    void keepMembers(long term, long index, RaftConfigurationProto members) throws IOException {
        inTurn(() -> {
            Path file = directory.resolve(MEMBERS);
            if (membersAsOf(file) != index) {
                LogEntryProto entry = LogEntryProto.newBuilder()
                        .setTerm(term)
                        .setIndex(index)
                        .setConfigurationEntry(members)
                        .build();
                replace(file, entry::writeTo);
            }
            keep(file);
        });
    }

    /** Waits for what is being kept and keeps nothing more: from now on the files are the next server's. */
    void close() {
        turn.acquireUninterruptibly();
        closed = true;
        turn.release();
    }

    /** Changes records. */
    @FunctionalInterface
    private interface Keeping {
        void run() throws IOException;
    }

    private void inTurn(Keeping keeping) throws IOException {
        turn.acquireUninterruptibly();
        try {
            if (closed) {
                throw new IOException("this member's server has stopped");
            }
            keeping.run();
        } finally {
            turn.release();
        }
    }

    private void keep(Path file) throws IOException {
        Path good = good(file);
        if (!Files.exists(good) || !Files.isSameFile(file, good)) {
            Path draft = file.resolveSibling(file.getFileName() + DRAFT);
            Files.deleteIfExists(draft);
            Files.createLink(draft, file);
            Files.move(draft, good, StandardCopyOption.ATOMIC_MOVE);
        }
        DurableNames.force(directory);
    }

    /** The term of the last entry of the log: a term of which it holds entries was known, too. */
    @FunctionalInterface
    interface LoggedTerm {
        long get() throws IOException;
    }

    /** Puts good records in the place of bad ones, before the server starts. */
    void restore(LoggedTerm loggedTerm) throws IOException {
        Path vote = directory.resolve(VOTE);
        if (Files.exists(vote) && term(vote) < 0 && term(good(vote)) >= 0) {
            restoreVote(vote, loggedTerm.get());
        }
        Path members = directory.resolve(MEMBERS);
        if (Files.exists(members) && membersAsOf(members) < 0 && membersAsOf(good(members)) >= 0) {
            replace(members, out -> Files.copy(good(members), out));
        }
    }

    private void restoreVote(Path vote, long loggedTerm) throws IOException {
        Properties known = read(good(vote));
        if (term(good(vote)) < loggedTerm) {
            known.setProperty(TERM, String.valueOf(loggedTerm));
            known.setProperty(VOTED_FOR, ""); // a vote of that term would not have left before it was kept
        }
        replace(vote, out -> known.store(out, null));
    }

    private static Path good(Path file) {
        return file.resolveSibling(file.getFileName() + GOOD);
    }

    /** Writes a record. */
    @FunctionalInterface
    private interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private void replace(Path file, Content content) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + DRAFT);
        try (FileChannel channel = FileChannel.open(
                draft, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            content.writeTo(Channels.newOutputStream(channel));
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        DurableNames.force(directory);
    }

    /** The term in a record of a vote, or -1 for one that says nothing. */
    private static long term(Path vote) throws IOException {
        String term = Files.exists(vote) ? read(vote).getProperty(TERM, "") : "";
        return term.matches("\\d+") ? Long.parseLong(term) : -1;
    }

    private static Properties read(Path vote) throws IOException {
        Properties record = new Properties();
        try (InputStream in = Files.newInputStream(vote)) {
            record.load(in);
        }
        return record;
    }

    /** The entry of the log in a record of the members, or -1 for one that says nothing. */
    private static long membersAsOf(Path members) throws IOException {
        if (!Files.exists(members)) {
            return -1;
        }
        try (InputStream in = Files.newInputStream(members)) {
            LogEntryProto entry = LogEntryProto.parseFrom(in);
            return entry.hasConfigurationEntry() ? entry.getIndex() : -1;
        } catch (InvalidProtocolBufferException cutShort) {
            return -1;
        }
    }
}
