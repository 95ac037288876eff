package io.skep.api.consensus;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The replicated state. The engine calls it from one thread at a time, in the order of the log, the same on every member.
 * It reads no clock, no randomness and nothing outside the commands, and it does not throw for a bad command: it answers.
 */
@ConsumerType
public interface StateMachine {
    /**
     * Applies a committed command.
     *
     * @param index the command's place in the log, growing, not without gaps; several commands that travelled as one batch share it
     * @return the answer for the submitter, at most 64 KiB
     */
    byte[] apply(long index, byte[] command);

    /**
     * Applies the commands of one batch, in their order. One after the other unless a machine gains by knowing them all, for
     * instance because it tells others once what has become of them.
     *
     * @return the answers, one for each command
     */
    default List<byte[]> applyAll(long index, List<byte[]> commands) {
        List<byte[]> answers = new ArrayList<>(commands.size());
        for (byte[] command : commands) {
            answers.add(apply(index, command));
        }
        return answers;
    }

    /** Writes the whole state as of the last applied command. Called on the same thread as {@link #apply}. */
    void save(OutputStream out) throws IOException;

    /** Replaces the whole state. Also called on a running member when a snapshot arrives from the leader. */
    void load(InputStream in) throws IOException;
}
