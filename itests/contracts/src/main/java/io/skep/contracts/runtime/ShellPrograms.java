package io.skep.contracts.runtime;

import java.util.List;
import java.util.stream.Collectors;

/** The contract's programs, written for a POSIX shell. */
final class ShellPrograms implements Programs {
    @Override
    public List<String> forever() {
        return until("TERM", 0);
    }

    @Override
    public List<String> exit(int code) {
        return Programs.shell("exit " + code);
    }

    @Override
    public List<String> print(List<String> lines) {
        return Programs.shell(lines.stream().map(line -> "echo '" + line + "'").collect(Collectors.joining("; ")));
    }

    @Override
    public List<String> stubborn() {
        return Programs.shell("trap '' TERM; echo ready; exec sleep 1000");
    }

    @Override
    public List<String> until(String signal, int code) {
        return Programs.shell("trap 'kill $!; exit " + code + "' " + signal + "; sleep 1000 & echo ready; wait");
    }
}
