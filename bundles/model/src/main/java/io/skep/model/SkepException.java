package io.skep.model;

import org.jspecify.annotations.Nullable;

/**
 * The one exception of Skep: a code, and a message that names the cause and, where there is one, the remedy. The message
 * is shown to users as it is, so it holds no secret and no class name.
 */
public final class SkepException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    public SkepException(ErrorCode code, String message) {
        this(code, message, null);
    }

    public SkepException(ErrorCode code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }

    /** The kind of {@link #code()}: what the caller may do now. */
    public ErrorKind kind() {
        return code.kind();
    }
}
