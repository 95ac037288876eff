package io.skep.shell;

import io.skep.model.ErrorKind;
import io.skep.model.SkepException;

/** How failures are told: the kinds that are not the user's fault are named, so that scripts and people know whether to repeat. */
public final class Wording {
    private Wording() {}

    /** The line for an exception. */
    public static String of(SkepException e) {
        String message = String.valueOf(e.getMessage());
        return e.kind() == ErrorKind.USER ? message : e.kind() + ": " + message;
    }
}
