package io.skep.cluster.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Hosts on one network, all within this machine: each has its own network, processes, disk, control groups and name, and a Skep of its own.
 * Nothing of them outlives {@link #close} or the JVM. Needs root.
 */
public final class Lab implements AutoCloseable {
    private final Keeper keeper;
    private final Network network;
    private final List<Host> hosts = new ArrayList<>();

    private Lab(LabSpec spec, Template template, Path labs) {
        this.keeper = Keeper.start(labs);
        this.network = new Network(keeper.space(), spec.hosts());
        for (int number = 1; number <= spec.hosts(); number++) {
            hosts.add(new Host(number, keeper, spec, template, disk(spec, number), network));
        }
    }

    /** A lab of so many small hosts, all switched off. */
    public static Lab create(int hosts) {
        return create(LabSpec.of(hosts), Place.configured());
    }

    /** A lab, all hosts switched off. */
    public static Lab create(LabSpec spec, Place place) {
        return new Lab(spec, Template.of(place), place.labs());
    }

    /** A lab that a template is made in. */
    static Lab create(LabSpec spec, Template template, Place place) {
        return new Lab(spec, template, place.labs());
    }

    private Disk disk(LabSpec spec, int number) {
        Path directory = keeper.folder().resolve("h" + number).resolve("disk");
        return spec.diskMegabytes() == 0
                ? new DirectoryDisk(directory)
                : new FileSystemDisk(keeper.space(), directory, spec.diskMegabytes());
    }

    /** A host by its number, from 1. */
    public Host host(int number) {
        return hosts.get(number - 1);
    }

    /** All hosts. */
    public List<Host> hosts() {
        return List.copyOf(hosts);
    }

    /** What connects them. */
    public Network network() {
        return network;
    }

    /** Where the lab lives. */
    public Path folder() {
        return keeper.folder();
    }

    /** Switches all hosts on with their nodes, at the same time. */
    public void up() {
        onAll(hosts, Host::up);
    }

    /** Does the same to several hosts at the same time, and waits. */
    public static void onAll(List<Host> hosts, Consumer<Host> deed) {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (Host host : hosts) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            all.add(done);
            Thread thread = new Thread(
                    () -> {
                        try {
                            deed.accept(host);
                            done.complete(null);
                        } catch (Throwable failure) {
                            done.completeExceptionally(failure);
                        }
                    },
                    "lab-" + host.name());
            thread.setDaemon(true);
            thread.start();
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
    }

    /** Copies the nodes' logs into a directory, for whoever looks for the cause of a failure. */
    public void collect(Path directory) {
        try {
            for (Host host : hosts) {
                Logs.copy(host.files(), directory.resolve(host.name()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends everything at once and removes it. */
    @Override
    public void close() {
        network.close();
        keeper.close();
    }
}
