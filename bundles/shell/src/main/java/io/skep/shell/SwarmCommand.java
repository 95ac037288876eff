package io.skep.shell;

import io.skep.model.table.Snapshot;
import java.io.PrintStream;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.karaf.shell.api.console.Session;

/** A command of the scope {@code swarm}. Its annotated fields are filled from the line; a failure is a {@code SkepException}. */
public abstract class SwarmCommand {
    /** Begins a line that is for people and not for a pipe; {@code ./skep} sends such lines to its standard error. A terminal does not show it. */
    public static final String ASIDE = "\u001e";

    private Optional<Call> call = Optional.empty();

    /**
     * One run of the command.
     *
     * @param parts whom it asks
     * @param session where it was typed
     */
    private record Call(Parts parts, Session session) {}

    /** Carries the command out; prints to {@link #out()}. */
    protected abstract void run() throws InterruptedException;

    /** True when the first argument begins a command line of its own: what looks like an option after it is none of ours. */
    public boolean passesOn() {
        return false;
    }

    /** Runs in a session. */
    public final void run(Parts parts, Session session) throws InterruptedException {
        call = Optional.of(new Call(parts, session));
        run();
    }

    /** What the shell gives this thread: the session's console, or a pipe. What goes to standard error does not get through SSH. */
    protected final PrintStream out() {
        return System.out;
    }

    /** Shows at once what was printed: the shell's own stream keeps it until the command ends, for it goes through a channel. */
    protected final void flush() {
        out().flush();
        session().getConsole().flush();
    }

    protected final Session session() {
        return call.orElseThrow().session();
    }

    /** The parts of Skep that are there now. */
    protected final Parts parts() {
        return call.orElseThrow().parts();
    }

    /** The state of the cluster, with everything that was acknowledged before. */
    protected final Snapshot cluster() throws InterruptedException {
        return parts().cluster();
    }

    /** Asks a part, which is let go of afterwards. */
    protected final <S, T> T call(Class<S> part, Question<S, T> question) throws InterruptedException {
        return parts().call(part, question);
    }

    /** What may take long: the work is begun at once, and after two seconds people are told that it goes on. */
    protected final LongWork longWork() {
        return new LongWork(parts(), warnings());
    }

    /** What files, standard input and keyboard bring. */
    protected final Input input() {
        return new Input(session());
    }

    /** Says it when there is an even number of managers. */
    protected final void warnOfEvenManagers(Snapshot cluster) {
        Managers.of(cluster).warning().ifPresent(warnings());
    }

    /** What is asked of a part. */
    @FunctionalInterface
    public interface Question<S, T> {
        /** Asks and waits. */
        T ask(S part) throws InterruptedException;
    }

    /** Prints each line, for people. */
    protected final Consumer<String> warnings() {
        return warning -> lines().accept(ASIDE + warning);
    }

    /** Prints each line. */
    protected final Consumer<String> lines() {
        return line -> {
            out().println(line);
            flush();
        };
    }
}
