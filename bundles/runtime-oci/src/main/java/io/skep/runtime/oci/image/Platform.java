package io.skep.runtime.oci.image;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The node's platform in the words of image manifests (Go's names of systems and processors). */
final class Platform {
    static final String OS = "linux";

    static final String ARCHITECTURE = architecture(System.getProperty("os.arch", ""));

    static final String HOST = OS + "/" + ARCHITECTURE;

    /** The kernel's release. */
    static final String KERNEL = System.getProperty("os.version", "");

    private static final Pattern RELEASE = Pattern.compile("(\\d+)\\.(\\d+).*");

    private Platform() {}

    /** Whether a kernel's release such as {@code 6.1.0-13-amd64} is a version or later. */
    static boolean isAtLeast(String release, int major, int minor) {
        Matcher version = RELEASE.matcher(release);
        if (!version.matches()) {
            return false;
        }
        int actual = Integer.parseInt(version.group(1));
        return actual > major || (actual == major && Integer.parseInt(version.group(2)) >= minor);
    }

    static String architecture(String java) {
        String name = java.toLowerCase(Locale.ROOT);
        return Map.of("x86_64", "amd64", "aarch64", "arm64", "arm", "arm", "i386", "386", "x86", "386")
                .getOrDefault(name, name);
    }
}
