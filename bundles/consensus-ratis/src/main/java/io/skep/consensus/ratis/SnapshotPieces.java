package io.skep.consensus.ratis;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import org.apache.ratis.client.impl.ClientProtoUtils;
import org.apache.ratis.proto.RaftProtos.FileChunkProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotRequestProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotRequestProto.SnapshotChunkProto;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftConfiguration;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.raftlog.LogProtoUtils;
import org.apache.ratis.server.storage.FileChunkReader;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.statemachine.SnapshotInfo;

/**
 * The requests that bring a snapshot to a follower piece by piece. Ratis makes the same ones under the server's lock, where a leader
 * that steps down meanwhile would wait for the thread that waits for it.
 */
final class SnapshotPieces implements Closeable {
    private final RaftServer.Division server;
    private final RaftPeerId follower;
    private final long term;
    private final SnapshotInfo snapshot;
    private final FileInfo file;
    private final FileChunkReader reader;
    private final String id = UUID.randomUUID().toString();
    private int next;
    private boolean done;

    SnapshotPieces(RaftServer.Division server, RaftPeerId follower, long term, SnapshotInfo snapshot)
            throws IOException {
        this.server = server;
        this.follower = follower;
        this.term = term;
        this.snapshot = snapshot;
        this.file = snapshot.getFiles().get(0);
        Path root = server.getRaftStorage().getStorageDir().getRoot().toPath();
        this.reader = FileChunkReader.newInstance(file, root.relativize(file.getPath()));
    }

    boolean hasNext() {
        return !done;
    }

    InstallSnapshotRequestProto next() throws IOException {
        FileChunkProto content = reader.readFileChunk(RaftOptions.CHUNK_BYTES);
        done = content.getDone();
        RaftConfiguration members = server.getRaftConf();
        return InstallSnapshotRequestProto.newBuilder()
                .setServerRequest(ClientProtoUtils.toRaftRpcRequestProtoBuilder(server.getMemberId(), follower))
                .setLeaderTerm(term)
                .setLastRaftConfigurationLogEntryProto(
                        LogProtoUtils.toLogEntryProto(members, null, members.getLogEntryIndex()))
                .setSnapshotChunk(piece(content))
                .build();
    }

    private SnapshotChunkProto.Builder piece(FileChunkProto content) {
        return SnapshotChunkProto.newBuilder()
                .setRequestId(id)
                .setRequestIndex(next++)
                .setTermIndex(snapshot.getTermIndex().toProto())
                .addFileChunks(content)
                .setTotalSize(file.getFileSize())
                .setDone(done);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
