package io.skep.consensus.ratis;

import io.skep.consensus.support.DurableNames;
import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.Stream;
import org.apache.ratis.io.MD5Hash;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.impl.SimpleStateMachineStorage;
import org.apache.ratis.statemachine.impl.SingleFileSnapshotInfo;
import org.apache.ratis.util.MD5FileUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Snapshots on disk: one file each, under its name only once all of it is there for good. */
final class SnapshotFiles extends SimpleStateMachineStorage {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotFiles.class);
    private static final String DRAFT = "writing";

    private @Nullable File received;

    @Override
    public void init(RaftStorage storage) throws IOException {
        super.init(storage);
        received = storage.getStorageDir().getTmpDir();
    }

    /** Writes the machine's state and gives its index; leaves everything as it was when that fails. */
    long take(TermIndex at, MachineHost host) throws IOException {
        File target = getSnapshotFile(at.getTerm(), at.getIndex());
        Path folder = target.getParentFile().toPath();
        Path file = target.toPath();
        Path draft = folder.resolve(DRAFT);
        try {
            MD5Hash digest = write(draft, host);
            // The digest first, for a snapshot without one is no snapshot.
            MD5FileUtil.saveMD5File(target, digest);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            DurableNames.force(folder);
            updateLatestSnapshot(new SingleFileSnapshotInfo(new FileInfo(file, digest), at));
            return at.getIndex();
        } catch (IOException | RuntimeException failure) {
            LOG.error("cannot take a snapshot; the log grows until one succeeds", failure);
            Files.deleteIfExists(draft);
            throw failure instanceof IOException known ? known : new IOException(failure);
        }
    }

    private static MD5Hash write(Path draft, MachineHost host) throws IOException {
        MessageDigest digest = MD5FileUtil.newMD5();
        try (FileChannel channel = FileChannel.open(
                draft, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            OutputStream out = new BufferedOutputStream(
                    new DigestOutputStream(Channels.newOutputStream(channel), digest), 1 << 16);
            host.save(out);
            out.flush();
            channel.force(true);
        }
        return MD5Hash.newInstance(digest.digest());
    }

    /** Forces the files of a snapshot that was received, which Ratis only writes. */
    void forceReceived() throws IOException {
        File folder = received;
        if (folder != null && folder.exists()) {
            forceTree(folder.toPath());
        }
    }

    /** Forces every file and every name under a directory. */
    static void forceTree(Path root) throws IOException {
        List<Path> all;
        try (Stream<Path> tree = Files.walk(root)) {
            all = tree.toList();
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
        for (Path path : all) {
            if (Files.isDirectory(path)) {
                DurableNames.force(path);
            } else {
                forceFile(path);
            }
        }
    }

    private static void forceFile(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }
}
