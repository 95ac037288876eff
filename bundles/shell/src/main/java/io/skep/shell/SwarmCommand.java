package io.skep.shell;

import io.skep.api.control.Cluster;
import io.skep.model.SkepException;
import io.skep.model.table.Snapshot;
import java.io.PrintStream;
import java.util.function.Consumer;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.CommandException;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;

/** A command of the scope {@code swarm}: runs, and turns a failure into one line that names cause and remedy. */
public abstract class SwarmCommand implements Action {
    @Reference
    private BundleContext context;

    @Reference
    private Session session;

    /** Carries the command out; prints to {@link #out()}. */
    protected abstract void run() throws InterruptedException;

    @Override
    public final @Nullable Object execute() throws Exception {
        try {
            run();
            return null;
        } catch (SkepException e) {
            throw new CommandException(Wording.of(e));
        }
    }

    /** The session's console; over SSH nothing else reaches the user. */
    protected final PrintStream out() {
        return session.getConsole();
    }

    protected final Session session() {
        return session;
    }

    /** The parts of Skep that are there now. */
    protected final Parts parts() {
        return new Parts(context);
    }

    /** The state of the cluster, with everything that was acknowledged before. */
    protected final Snapshot cluster() throws InterruptedException {
        return call(Cluster.class, cluster -> Answers.of(cluster.read()));
    }

    /** Asks a part, which is let go of afterwards. */
    protected final <S, T> T call(Class<S> part, Question<S, T> question) throws InterruptedException {
        return parts().call(part, question);
    }

    /** What is asked of a part. */
    @FunctionalInterface
    public interface Question<S, T> {
        /** Asks and waits. */
        T ask(S part) throws InterruptedException;
    }

    /** Prints each line. */
    protected final Consumer<String> lines() {
        return line -> {
            out().println(line);
            out().flush();
        };
    }
}
