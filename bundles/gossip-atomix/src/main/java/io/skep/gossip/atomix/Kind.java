package io.skep.gossip.atomix;

/** What a message is. */
enum Kind {
    /** Of Atomix, to be answered: number, type, payload. */
    REQUEST(1),
    /** Number of the request, payload. */
    REPLY(2),
    /** Of Atomix, not to be answered: type, payload. */
    NOTICE(3),
    /** A hash of what the sender knows. */
    SUMMARY(4),
    /** Every unit that the sender knows with its version, and where its live members are. */
    DIGEST(5),
    /** Units of which the sender wants what came after the given versions. */
    PULL(6),
    /** Changes of units. */
    DELTAS(7);

    private static final Kind[] KINDS = values();

    private final int code;

    Kind(int code) {
        this.code = code;
    }

    /** What stands for it on the wire. */
    int code() {
        return code;
    }

    static Kind of(int code) {
        for (Kind kind : KINDS) {
            if (kind.code == code) {
                return kind;
            }
        }
        throw new MalformedException("kind " + code);
    }
}
