package io.skep.api.runtime;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Runs containers on this node. A set of plug-ins: every implementation registers itself with the service property
 * {@code runtime}, its name, such as {@code oci}; a service chooses one by the label {@code io.skep.runtime} or takes the
 * node's default.
 *
 * <p>The agent calls every method but {@link #await} from an Effects thread: they may block. Every verb is idempotent: the
 * agent repeats it after a crash, a swap or an {@code UNAVAILABLE}. Verbs of one container are never called at once; those of
 * different containers are. Containers outlive the runtime's bundle and the Java virtual machine.
 */
@ConsumerType
public interface ContainerRuntime {
    /** The service property that names the runtime. */
    String PROPERTY = "runtime";

    /** The label by which a service chooses its runtime. */
    String LABEL = "io.skep.runtime";

    /** What this runtime is and whether it can work here; cheap. */
    RuntimeInfo info();

    /**
     * Finds every container of this runtime on the node, also those that ended while nobody watched, with their exit codes,
     * and takes their supervision up again. Called once after activation, before any other verb, and at any later time.
     */
    List<Container> adopt();

    /**
     * Makes everything ready so that {@link #start} is quick: image unpacked, root file system mounted, bundle written.
     * Nothing half-done is left behind on failure.
     *
     * @throws io.skep.model.SkepException {@code NOT_INSTALLED} when the image or the runtime's program is missing,
     *     {@code INVALID_ARGUMENT} when the configuration cannot be carried out, {@code EXHAUSTED} when the disk is full
     */
    Container prepare(ContainerConfig config);

    /**
     * Starts a prepared container; returns when its first process was executed.
     *
     * @throws io.skep.model.SkepException {@code NOT_FOUND} when it was not prepared, {@code INVALID_ARGUMENT} when the
     *     command does not exist in the image
     */
    Container start(String id);

    /**
     * Completes when the container has ended, at once if it has. Non-blocking, any thread; completes on a thread of the
     * runtime, so the caller hands over. Fails with {@code NOT_FOUND}, or with {@code PART_MISSING} when the runtime is
     * deactivated first: await again on its successor.
     *
     * @return a stage of this call's own: whoever goes away cancels it, and is let go of though the container runs on
     */
    CompletionStage<Exit> await(String id);

    /**
     * Sends the stop signal, and kills after the grace period. Returns when the container has ended; blocks as long. Unknown ids are no
     * error.
     *
     * @param grace zero kills at once
     */
    void stop(String id, Duration grace);

    /** Kills if it runs, unmounts and deletes everything of the container but named volumes. Unknown ids are no error. */
    void remove(String id);

    /**
     * Runs a further process in a running container and collects what it prints, at most 1 MiB.
     *
     * @param timeout after which the process is killed and {@code TIMED_OUT} thrown
     */
    ExecResult exec(String id, List<String> command, Duration timeout);

    /**
     * Reads what the container printed. With {@code follow}, returns after the container has ended or {@code sink} says
     * stop, otherwise at the end of what is there. Blocks.
     *
     * @param sink gets the lines in order; returns false to stop
     */
    void logs(String id, LogQuery query, LogSink sink);

    /** What the container uses now. */
    ContainerStats stats(String id);
}
