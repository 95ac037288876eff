package io.skep.gossip.atomix;

/** A message that cannot be read; it is dropped, and the exception never leaves the engine. */
final class MalformedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedException(String message) {
        super(message);
    }
}
