package io.skep.cluster.play;

import io.skep.cluster.fault.Deed;
import io.skep.cluster.fault.Fault;
import io.skep.cluster.fault.FaultRunner;
import io.skep.cluster.fault.Plan;
import io.skep.cluster.fault.Schedule;
import io.skep.cluster.fault.Schedule.Timed;
import io.skep.cluster.lab.Host;
import io.skep.cluster.lab.Lab;
import io.skep.cluster.lab.LabSpec;
import io.skep.cluster.lab.Place;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Starts a lab, says how to reach its hosts, and does to it what is typed, until the input ends. */
public final class Play {
    private static final int DISK_MEGABYTES = 1024;

    private final LabSpec spec;
    private final Lab lab;
    private final PrintStream out;

    private Play(LabSpec spec, Lab lab, PrintStream out) {
        this.spec = spec;
        this.lab = lab;
        this.out = out;
    }

    /** Takes the number of hosts, and {@code as-shipped} for nodes to measure, with all compilers and heap, and no small disks. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int hosts = Integer.parseInt(arguments[0]);
        LabSpec spec = List.of(arguments).contains("as-shipped")
                ? LabSpec.asShipped(hosts)
                : LabSpec.of(hosts).withDisks(DISK_MEGABYTES);
        try (Lab lab = Lab.create(spec, Place.configured())) {
            Play play = new Play(spec, lab, System.out);
            play.start();
            play.obey(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
        }
    }

    private void start() {
        long begin = System.nanoTime();
        lab.up();
        out.printf(
                "%d hosts are up after %.1f s. In another terminal, as root:%n",
                lab.hosts().size(), (System.nanoTime() - begin) / 1e9);
        for (Host host : lab.hosts()) {
            Path scripts = lab.folder().resolve(host.name());
            out.printf(
                    "  %s  %s  %d MB  %s/skep swarm:info   %s/enter%n",
                    host.name(), host.address(), host.residentMegabytes(), scripts, scripts);
        }
        out.println("Here: what shall happen to them, or \"help\"; the end of the input ends the lab.");
    }

    private void obey(BufferedReader in) throws IOException, InterruptedException {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            try {
                obey(line.strip());
            } catch (IllegalArgumentException | IllegalStateException e) {
                out.println(e.getMessage());
            }
        }
    }

    private void obey(String line) throws IOException, InterruptedException {
        String[] words = line.split("\\s+", -1);
        switch (words[0]) {
            case "" -> {}
            case "help" -> out.println(help());
            case "run" -> run(Schedule.parse(Files.readString(Path.of(words[1]))));
            case "seed" -> run(Plan.make(Long.parseLong(words[1]), spec, Duration.ofSeconds(Long.parseLong(words[2]))));
            default -> run(new Schedule(List.of(new Timed(Duration.ZERO, Fault.parse(line)))));
        }
    }

    private void run(Schedule schedule) throws InterruptedException {
        new FaultRunner(lab, out::println).run(schedule);
    }

    private static String help() {
        return Arrays.stream(Deed.values()).map(deed -> "  " + deed.usage()).collect(Collectors.joining("\n"))
                + "\n  run FILE            lines of seconds and one of these\n  seed SEED SECONDS   what a seed brings";
    }
}
