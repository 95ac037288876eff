package io.skep.model;

/**
 * A file system that a container sees (Docker Engine API, {@code Mount}).
 *
 * @param type where its content comes from
 * @param source absolute path of a bind mount, name of a volume, empty for tmpfs and anonymous volumes
 * @param target absolute path in the container
 * @param readOnly cannot be written from the container
 * @param sizeBytes of a tmpfs; zero means half of the memory
 * @param mode of a tmpfs, decimal of the octal bits; zero means 1777
 */
public record Mount(Type type, String source, String target, boolean readOnly, long sizeBytes, int mode) {
    /** Where a mount's content comes from. */
    public enum Type {
        BIND,
        VOLUME,
        TMPFS
    }
}
