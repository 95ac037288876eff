package io.skep.consensus.atomix;

import io.atomix.cluster.MemberId;
import io.atomix.primitive.operation.OperationType;
import io.atomix.primitive.operation.PrimitiveOperation;
import io.atomix.primitive.operation.impl.DefaultOperationId;
import io.atomix.primitive.service.ServiceConfig;
import io.atomix.protocols.raft.RaftError;
import io.atomix.protocols.raft.ReadConsistency;
import io.atomix.protocols.raft.cluster.RaftMember;
import io.atomix.protocols.raft.cluster.impl.DefaultRaftMember;
import io.atomix.protocols.raft.protocol.AppendRequest;
import io.atomix.protocols.raft.protocol.AppendResponse;
import io.atomix.protocols.raft.protocol.CloseSessionRequest;
import io.atomix.protocols.raft.protocol.CloseSessionResponse;
import io.atomix.protocols.raft.protocol.CommandRequest;
import io.atomix.protocols.raft.protocol.CommandResponse;
import io.atomix.protocols.raft.protocol.ConfigureRequest;
import io.atomix.protocols.raft.protocol.ConfigureResponse;
import io.atomix.protocols.raft.protocol.InstallRequest;
import io.atomix.protocols.raft.protocol.InstallResponse;
import io.atomix.protocols.raft.protocol.KeepAliveRequest;
import io.atomix.protocols.raft.protocol.KeepAliveResponse;
import io.atomix.protocols.raft.protocol.OpenSessionRequest;
import io.atomix.protocols.raft.protocol.OpenSessionResponse;
import io.atomix.protocols.raft.protocol.PollRequest;
import io.atomix.protocols.raft.protocol.PollResponse;
import io.atomix.protocols.raft.protocol.RaftResponse;
import io.atomix.protocols.raft.protocol.TransferRequest;
import io.atomix.protocols.raft.protocol.TransferResponse;
import io.atomix.protocols.raft.protocol.VoteRequest;
import io.atomix.protocols.raft.protocol.VoteResponse;
import io.atomix.protocols.raft.storage.log.entry.CloseSessionEntry;
import io.atomix.protocols.raft.storage.log.entry.CommandEntry;
import io.atomix.protocols.raft.storage.log.entry.ConfigurationEntry;
import io.atomix.protocols.raft.storage.log.entry.InitializeEntry;
import io.atomix.protocols.raft.storage.log.entry.KeepAliveEntry;
import io.atomix.protocols.raft.storage.log.entry.OpenSessionEntry;
import io.atomix.protocols.raft.storage.system.Configuration;
import io.atomix.utils.serializer.Namespace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedList;

/**
 * The forms in which Atomix's entries reach the disk and its messages the network. Ids are fixed by order: append, never
 * insert. Atomix's own forms are not used because they drag in JDK classes that only open with a flag of the JVM.
 */
final class Wire {
    private static final int FIRST_SHARED = 100;
    private static final int FIRST_STORED = 200;
    private static final int FIRST_SENT = 300;

    private Wire() {}

    /** What is written to the log and the metadata. */
    static Namespace stored() {
        return shared().nextId(FIRST_STORED).register(Configuration.class).build("skep-stored");
    }

    /** What travels between members. */
    static Namespace sent() {
        return shared().nextId(FIRST_SENT)
                .register(OpenSessionRequest.class, OpenSessionResponse.class)
                .register(CloseSessionRequest.class, CloseSessionResponse.class)
                .register(KeepAliveRequest.class, KeepAliveResponse.class)
                .register(CommandRequest.class, CommandResponse.class)
                .register(ConfigureRequest.class, ConfigureResponse.class)
                .register(InstallRequest.class, InstallResponse.class)
                .register(PollRequest.class, PollResponse.class)
                .register(VoteRequest.class, VoteResponse.class)
                .register(AppendRequest.class, AppendResponse.class)
                .register(TransferRequest.class, TransferResponse.class)
                .register(RaftResponse.Status.class)
                .register(RaftError.class)
                .register(RaftError.Type.class)
                .build("skep-sent");
    }

    /** What a snapshot tells of the service. */
    static Namespace service() {
        return builder().register(ServiceConfig.class).build("skep-service");
    }

    private static Namespace.Builder shared() {
        return builder()
                .nextId(FIRST_SHARED)
                .register(byte[].class)
                .register(long[].class)
                .register(ArrayList.class)
                .register(LinkedList.class)
                .register(HashSet.class)
                .register(Collections.emptyList().getClass())
                .register(Instant.class)
                .register(MemberId.class)
                .register(DefaultRaftMember.class)
                .register(RaftMember.Type.class)
                .register(ReadConsistency.class)
                .register(PrimitiveOperation.class)
                .register(DefaultOperationId.class)
                .register(OperationType.class)
                .register(OpenSessionEntry.class)
                .register(CloseSessionEntry.class)
                .register(KeepAliveEntry.class)
                .register(CommandEntry.class)
                .register(ConfigurationEntry.class)
                .register(InitializeEntry.class);
    }

    private static Namespace.Builder builder() {
        return Namespace.builder().setClassLoader(Wire.class.getClassLoader());
    }
}
