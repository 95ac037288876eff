package io.skep.shell.service;

import io.skep.model.UpdateConfig;
import io.skep.shell.Texts;
import java.time.Duration;
import java.util.Optional;

/** Values that are one of a few words, and what is made of them; pure. */
final class Choices {
    private Choices() {}

    /** The constant of that name, or the one before when none is given. */
    static <E extends Enum<E>> E of(E[] values, Optional<String> given, E before, String what) {
        return given.map(text -> Texts.constant(values, text, what)).orElse(before);
    }

    static Duration duration(Optional<String> given, Duration before) {
        return given.map(Sizes::duration).orElse(before);
    }

    static UpdateConfig policy(
            UpdateConfig before,
            Optional<Integer> parallelism,
            Optional<String> delay,
            Optional<String> failureAction,
            Optional<String> monitor,
            Optional<Double> ratio,
            Optional<String> order) {
        return new UpdateConfig(
                parallelism.orElse(before.parallelism()),
                duration(delay, before.delay()),
                of(UpdateConfig.FailureAction.values(), failureAction, before.failureAction(), "failure action"),
                duration(monitor, before.monitor()),
                ratio.orElse(before.maxFailureRatio()),
                of(UpdateConfig.Order.values(), order, before.order(), "order"));
    }
}
