package io.skep.consensus.ratis;

import io.skep.api.consensus.Consensus;
import io.skep.api.consensus.Group;
import io.skep.api.consensus.GroupConfig;
import io.skep.api.consensus.StateMachine;
import io.skep.api.transport.Transport;
import io.skep.consensus.support.DirectoryMark;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** Consensus by Apache Ratis. Deactivation closes the open group; what is on disk stays. */
@Component(
        service = Consensus.class,
        configurationPid = "io.skep.consensus.ratis",
        property = "engine=" + RatisConsensus.ENGINE)
@Designate(ocd = RatisSettings.class)
public final class RatisConsensus implements Consensus {
    static final String ENGINE = "ratis";
    private static final int MIN_SEGMENT = 1024 * 1024;
    private static final int MAX_SEGMENT = 64 * 1024 * 1024;

    private final Transport transport;
    private final Timings timings;
    private final int segmentBytes;
    private final AtomicReference<@Nullable Group> open = new AtomicReference<>();

    @Activate
    public RatisConsensus(@Reference Transport transport, RatisSettings settings) {
        this(transport, timings(settings), settings.segment_bytes());
    }

    RatisConsensus(Transport transport, Timings timings, int segmentBytes) {
        this.transport = transport;
        this.timings = timings;
        this.segmentBytes = Math.min(Math.max(segmentBytes, MIN_SEGMENT), MAX_SEGMENT);
    }

    static Timings timings(RatisSettings settings) {
        Duration heartbeat = Duration.ofMillis(Math.min(Math.max(settings.heartbeat_millis(), 10), 1000));
        Duration election = Duration.ofMillis(settings.election_millis());
        Duration shortest = heartbeat.multipliedBy(5);
        return new Timings(
                heartbeat,
                election.compareTo(shortest) < 0 ? shortest : election,
                Duration.ofMillis(Math.max(settings.submit_millis(), 100)),
                Duration.ofMillis(Math.max(settings.catchup_millis(), 1000)));
    }

    @Override
    public Group open(GroupConfig config, StateMachine machine) {
        if (open.get() != null) {
            throw new SkepException(
                    ErrorCode.WRONG_STATE, "this engine has a group open already; close it before opening another");
        }
        DirectoryMark mark = DirectoryMark.claim(ENGINE, config);
        Group group = new RatisGroup(config, machine, transport, timings, segmentBytes, mark, () -> open.set(null));
        open.set(group);
        return group;
    }

    @Override
    public void salvage(GroupConfig config, StateMachine machine) {
        DirectoryMark.whileClaimed(ENGINE, config, () -> Salvage.salvage(config, machine));
    }

    /** Closes the group that is open, if any. */
    @Deactivate
    public void deactivate() {
        Group group = open.get();
        if (group != null) {
            group.close();
        }
    }
}
