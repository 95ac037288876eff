package io.skep.model;

/**
 * How a secret or a config appears in a container (Docker Engine API, {@code File} of its reference).
 *
 * @param name file name or absolute path; a secret's file name is below {@code /run/secrets}, a config's below {@code /}
 * @param uid numeric owner
 * @param gid numeric group
 * @param mode decimal of the octal bits
 */
public record FileTarget(String name, String uid, String gid, int mode) {
    /** Readable by everybody in the container, of root: Docker's default. */
    public static final int STANDARD_MODE = 0444;

    /** A file of this name with Docker's defaults. */
    public static FileTarget named(String name) {
        return new FileTarget(name, "0", "0", STANDARD_MODE);
    }
}
