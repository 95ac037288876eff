package io.skep.agent;

import io.skep.api.network.NetworkDriver;
import io.skep.api.runtime.ContainerRuntime;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The container runtimes and network drivers that are there now. Thread-safe. */
final class Plugins {
    private final NavigableMap<String, ContainerRuntime> runtimes = new ConcurrentSkipListMap<>();
    private final NavigableMap<String, NetworkDriver> drivers = new ConcurrentSkipListMap<>();
    private final String standardRuntime;
    private final String driver;

    Plugins(String standardRuntime, String driver) {
        this.standardRuntime = standardRuntime;
        this.driver = driver;
    }

    /** Lets a runtime be used, after it was asked what it has: a verb that came before would confuse the answer. */
    void admit(String name, ContainerRuntime runtime) {
        runtimes.put(name, runtime);
    }

    void unbind(ContainerRuntime runtime) {
        runtimes.values().removeIf(bound -> bound == runtime);
    }

    void bind(NetworkDriver bound, Map<String, ?> properties) {
        drivers.put(String.valueOf(properties.get(NetworkDriver.PROPERTY)), bound);
    }

    void unbind(NetworkDriver unbound) {
        drivers.values().removeIf(bound -> bound == unbound);
    }

    /** The names of the runtimes, the standard one first. */
    List<String> runtimeNames() {
        return runtimes.keySet().stream()
                .sorted((a, b) -> Boolean.compare(b.equals(standardRuntime), a.equals(standardRuntime)))
                .toList();
    }

    List<String> driverNames() {
        return List.copyOf(drivers.keySet());
    }

    Optional<ContainerRuntime> find(String name) {
        return Optional.ofNullable(runtimes.get(name.isEmpty() ? standardRuntime : name));
    }

    String nameOf(String asked) {
        return asked.isEmpty() ? standardRuntime : asked;
    }

    ContainerRuntime runtime(String asked) {
        return find(asked)
                .orElseThrow(() -> new SkepException(
                        ErrorCode.PART_MISSING,
                        "the container runtime " + nameOf(asked)
                                + " is not running on this node; start its bundle io.skep.runtime-" + nameOf(asked)));
    }

    NetworkDriver driver() {
        NetworkDriver bound = drivers.get(driver);
        if (bound == null) {
            throw new SkepException(
                    ErrorCode.PART_MISSING,
                    "the network driver " + driver + " is not running on this node; start its bundle io.skep.network-"
                            + driver);
        }
        return bound;
    }
}
