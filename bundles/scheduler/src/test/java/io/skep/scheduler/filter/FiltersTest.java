package io.skep.scheduler.filter;

import io.skep.api.scheduling.Filter;
import io.skep.contracts.scheduling.FilterContract;
import io.skep.model.Platform;
import io.skep.model.PortConfig;
import io.skep.model.Resources;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** Every built-in filter keeps the contract that plug-ins must keep; what each rules out is shown by tables/placement.txt. */
class FiltersTest {
    @Nested
    class Ready extends FilterContract {
        @Override
        protected Filter filter() {
            return new ReadyFilter();
        }
    }

    @Nested
    class Reservations extends FilterContract {
        @Override
        protected Filter filter() {
            return new ResourceFilter(new Resources(1_000_000_000L, 1L << 30, 0));
        }
    }

    @Nested
    class Constraints extends FilterContract {
        @Override
        protected Filter filter() {
            return ConstraintFilter.of(List.of("node.labels.zone==a", "node.ip!=10.0.0.0/8"));
        }
    }

    @Nested
    class MalformedConstraints extends FilterContract {
        @Override
        protected Filter filter() {
            return ConstraintFilter.of(List.of("zone"));
        }
    }

    @Nested
    class Platforms extends FilterContract {
        @Override
        protected Filter filter() {
            return new PlatformFilter(List.of(new Platform("x86_64", "linux"), new Platform("", "windows")));
        }
    }

    @Nested
    class Runtimes extends FilterContract {
        @Override
        protected Filter filter() {
            return new RuntimeFilter("oci");
        }
    }

    @Nested
    class NetworkDrivers extends FilterContract {
        @Override
        protected Filter filter() {
            return new NetworkDriverFilter(List.of("weave"));
        }
    }

    @Nested
    class HostPorts extends FilterContract {
        @Override
        protected Filter filter() {
            PortConfig port = new PortConfig("", PortConfig.Protocol.TCP, 80, 80, PortConfig.PublishMode.HOST);
            return new HostPortFilter(
                    List.of(port), (candidate, wanted) -> candidate.node().id().equals("node-1"));
        }
    }

    @Nested
    class MaxReplicas extends FilterContract {
        @Override
        protected Filter filter() {
            return new MaxReplicasFilter(2);
        }
    }
}
