package io.skep.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.scheduling.Placement;
import io.skep.api.scheduling.Strategy;
import io.skep.strategy.binpack.BinpackStrategy;
import io.skep.strategy.spread.SpreadStrategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random clusters in which every single placement must be the one that a scheduler without any cleverness would choose. */
class RandomClusterTest {
    private static final int SEEDS = 400;

    @ParameterizedTest
    @ValueSource(strings = {"spread", "binpack"})
    void everyPlacementIsTheBest(String name) {
        Strategy strategy = name.equals("spread") ? new SpreadStrategy() : new BinpackStrategy();
        int placed = 0;
        int refused = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            ClusterScript script = new ClusterScript();
            List<String> lines = lines(new Random(seed), name);
            lines.forEach(script::run);
            for (Placement answer : place(script)) {
                placed += answer.placed() ? 1 : 0;
                refused += answer.placed() ? 0 : 1;
            }
            NaiveCheck check = new NaiveCheck(script.cluster(), strategy);
            assertThat(place(script))
                    .as("seed %d:\n%s", seed, String.join("\n", lines))
                    .hasSameSizeAs(script.cluster().unassigned())
                    .allSatisfy(check::check);
        }
        assertThat(placed).as("the clusters have room").isGreaterThan(SEEDS);
        assertThat(refused).as("the clusters are tight").isGreaterThan(SEEDS);
    }

    private static List<Placement> place(ClusterScript script) {
        return PlacementTableTest.scheduler()
                .place(script.cluster(), script.cluster().unassigned(), ClusterScript.NOW);
    }

    private static List<String> lines(Random random, String strategy) {
        List<String> lines = new ArrayList<>(List.of("strategy " + strategy));
        int nodes = 1 + random.nextInt(8);
        for (int node = 0; node < nodes; node++) {
            lines.add("node n" + node + node(random));
        }
        int services = 1 + random.nextInt(5);
        for (int service = 0; service < services; service++) {
            String name = " s" + service;
            String spec = spec(random);
            lines.add("service" + name + spec);
            for (String verb : List.of("running", "stopping", "failed")) {
                lines.add(verb + name + " on=n" + random.nextInt(nodes) + " " + random.nextInt(7));
            }
            lines.add("place" + name + " " + random.nextInt(9));
            if (random.nextInt(3) == 0) {
                lines.add("global" + name + " on=n" + random.nextInt(nodes));
            }
            if (random.nextInt(3) == 0) {
                lines.add("service" + name + spec(random));
                lines.add("place" + name + " " + random.nextInt(9));
            }
        }
        return lines;
    }

    private static String node(Random random) {
        return chance(random, 4, " cpus=" + random.nextInt(12))
                + chance(random, 4, " memory=" + random.nextInt(12))
                + chance(random, 4, " zone=" + random.nextInt(3))
                + chance(random, 3, " rack=" + random.nextInt(2))
                + (random.nextInt(8) == 0 ? " state=down" : "")
                + (random.nextInt(8) == 0 ? " availability=drain" : "")
                + (random.nextInt(8) == 0 ? " silent" : "");
    }

    /** Few different ones, so that some services share a shape. */
    private static String spec(Random random) {
        return chance(random, 2, " cpus=1")
                + (random.nextInt(3) == 0 ? " memory=2" : "")
                + (random.nextInt(5) == 0 ? " constraint=node.labels.zone!=1" : "")
                + (random.nextInt(3) == 0 ? " prefer=node.labels.zone" : "")
                + (random.nextInt(5) == 0 ? " prefer=node.labels.rack" : "")
                + (random.nextInt(5) == 0 ? " max=2" : "")
                + (random.nextInt(5) == 0 ? " port=80" : "");
    }

    private static String chance(Random random, int in, String text) {
        return random.nextInt(in) == 0 ? "" : text;
    }
}
