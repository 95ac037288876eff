package io.skep.cluster.fault;

import io.skep.cluster.lab.Host;
import io.skep.cluster.lab.Impairment;
import io.skep.cluster.lab.Lab;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** The words of a fault after its name, read as what they should be. */
record Words(List<String> words) {
    int number(int at) {
        return Integer.parseInt(words.get(at));
    }

    Integer[] numbers(int at) {
        return Arrays.stream(words.get(at).split(",", -1)).map(Integer::valueOf).toArray(Integer[]::new);
    }

    Host host(Lab lab) {
        return lab.host(number(0));
    }

    long seed(int at) {
        return Long.parseLong(words.get(at));
    }

    Duration duration(int at) {
        return Duration.ofMillis(Long.parseLong(words.get(at)));
    }

    Impairment impairment(int at) {
        return new Impairment(
                duration(at),
                duration(at + 1),
                Double.parseDouble(words.get(at + 2)),
                Double.parseDouble(words.get(at + 3)));
    }
}
