package io.skep.scheduler.filter;

import io.skep.api.scheduling.Candidate;
import io.skep.api.scheduling.Filter;
import io.skep.model.NodeDescription;
import io.skep.model.Platform;
import io.skep.model.Task;
import io.skep.model.placement.Architecture;
import java.util.List;
import java.util.Optional;

/** Rules out nodes that are none of the platforms for which the task is made; one that does not say what it is is none. */
public final class PlatformFilter implements Filter {
    private final List<Platform> platforms;

    public PlatformFilter(List<Platform> platforms) {
        this.platforms = platforms;
    }

    @Override
    public boolean accepts(Candidate candidate, Task task) {
        Optional<Platform> node = candidate.node().description().map(NodeDescription::platform);
        return node.filter(has -> platforms.stream().anyMatch(wants -> matches(wants, has)))
                .isPresent();
    }

    @Override
    public String explain(int nodes) {
        return Wording.on("unsupported platform", nodes);
    }

    private static boolean matches(Platform wants, Platform has) {
        boolean os = wants.os().isEmpty() || wants.os().equalsIgnoreCase(has.os());
        boolean architecture = wants.architecture().isEmpty()
                || Architecture.canonical(wants.architecture()).equals(Architecture.canonical(has.architecture()));
        return os && architecture;
    }
}
