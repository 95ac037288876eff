package io.skep.contracts.runtime;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a simulated container does, read from its arguments: {@code run}, {@code stubborn}, {@code exit CODE},
 * {@code exit CODE after DURATION}, {@code print LINE...} and {@code until SIGNAL CODE}. A duration is as {@code PT2.5S}.
 * Anything else runs until it is stopped, so that a simulation can deploy what a real swarm would.
 *
 * @param prints at its start
 * @param endsAfter by itself
 * @param endCode then
 * @param stops on which signal, without {@code SIG}
 * @param stopCode then
 */
record SimulatedProgram(
        List<String> prints, Optional<Duration> endsAfter, int endCode, Optional<String> stops, int stopCode) {
    private static final Optional<String> TERM = Optional.of("TERM");

    /** The commands of the contract in this language. */
    static final Programs PROGRAMS = new Programs() {
        @Override
        public List<String> forever() {
            return List.of("run");
        }

        @Override
        public List<String> exit(int code) {
            return List.of("exit", Integer.toString(code));
        }

        @Override
        public List<String> print(List<String> lines) {
            return Stream.concat(Stream.of("print"), lines.stream()).toList();
        }

        @Override
        public List<String> stubborn() {
            return List.of("stubborn");
        }

        @Override
        public List<String> until(String signal, int code) {
            return List.of("until", signal, Integer.toString(code));
        }
    };

    static SimulatedProgram of(List<String> arguments) {
        String verb = arguments.isEmpty() ? "run" : arguments.get(0);
        try {
            return switch (verb) {
                case "stubborn" -> new SimulatedProgram(List.of("ready"), Optional.empty(), 0, Optional.empty(), 0);
                case "exit" ->
                    new SimulatedProgram(List.of(), Optional.of(delay(arguments)), code(arguments, 1), TERM, 0);
                case "print" ->
                    new SimulatedProgram(
                            arguments.subList(1, arguments.size()), Optional.of(Duration.ZERO), 0, TERM, 0);
                case "until" ->
                    new SimulatedProgram(
                            List.of("ready"), Optional.empty(), 0, Optional.of(arguments.get(1)), code(arguments, 2));
                default -> new SimulatedProgram(List.of("ready"), Optional.empty(), 0, TERM, 0);
            };
        } catch (IndexOutOfBoundsException | NumberFormatException | DateTimeParseException e) {
            throw new SkepException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the simulated command " + arguments + " is malformed; see SimulatedProgram",
                    e);
        }
    }

    private static int code(List<String> arguments, int index) {
        return Integer.parseInt(arguments.get(index));
    }

    private static Duration delay(List<String> arguments) {
        return arguments.size() > 3 ? Duration.parse(arguments.get(3)) : Duration.ZERO;
    }
}
