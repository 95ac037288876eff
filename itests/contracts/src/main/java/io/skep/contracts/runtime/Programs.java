package io.skep.contracts.runtime;

import java.util.List;

/** The commands that the contract's containers execute. Programs that can be stopped print {@code ready} once they can. */
public interface Programs {
    /** Runs until it is stopped, then ends with code 0. */
    List<String> forever();

    /** Ends at once. */
    List<String> exit(int code);

    /** Prints lines and ends with code 0. */
    List<String> print(List<String> lines);

    /** Runs until it is killed. */
    List<String> stubborn();

    /** Runs until it gets {@code signal}, such as {@code USR1}, then ends with {@code code}. */
    List<String> until(String signal, int code);

    /** Programs of a POSIX shell. */
    Programs SHELL = new ShellPrograms();

    /** A command for {@code text} in a POSIX shell. */
    static List<String> shell(String text) {
        return List.of("/bin/sh", "-c", text);
    }
}
