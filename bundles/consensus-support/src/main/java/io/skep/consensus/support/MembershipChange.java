package io.skep.consensus.support;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A change of who takes part, as one member asks another for it. */
public record MembershipChange(Verb verb, String member) {
    /** What is to happen to the member. */
    public enum Verb {
        /** The leader gives it a vote once it has the state. */
        ADD,
        /** The leader takes its vote. */
        REMOVE,
        /** The member itself becomes the leader. */
        LEAD
    }

    public byte[] encode() {
        return (verb + " " + member).getBytes(UTF_8);
    }

    public static MembershipChange decode(byte[] bytes) {
        String text = new String(bytes, UTF_8);
        int space = text.indexOf(' ');
        return new MembershipChange(Verb.valueOf(text.substring(0, space)), text.substring(space + 1));
    }
}
