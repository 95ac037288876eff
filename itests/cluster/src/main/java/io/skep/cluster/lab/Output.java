package io.skep.cluster.lab;

/**
 * How a program or a command of a node ended.
 *
 * @param code its exit code; of a command 0, 1 when it failed, {@link #UNREACHABLE} or {@link #LOST}
 * @param out what it printed on its standard output
 * @param err what it printed on its standard error; of a command the message of its failure
 */
public record Output(int code, String out, String err) {
    /** Of a command: there was no node that it could be asked of. */
    public static final int UNREACHABLE = 254;

    /** Of a command: the node ended before it answered, so nobody knows what became of it. */
    public static final int LOST = 255;

    /** Whether it did what it should. */
    public boolean succeeded() {
        return code == 0;
    }

    /** What it printed; it must have succeeded. */
    public String text() {
        if (!succeeded()) {
            throw new IllegalStateException("it ended with " + code + ": " + err + out);
        }
        return out.strip();
    }
}
