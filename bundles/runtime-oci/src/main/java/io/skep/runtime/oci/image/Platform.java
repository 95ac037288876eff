package io.skep.runtime.oci.image;

import java.util.Locale;
import java.util.Map;

/** The node's platform in the words of image manifests (Go's names of systems and processors). */
final class Platform {
    static final String OS = "linux";

    static final String ARCHITECTURE = architecture(System.getProperty("os.arch", ""));

    static final String HOST = OS + "/" + ARCHITECTURE;

    private Platform() {}

    static String architecture(String java) {
        String name = java.toLowerCase(Locale.ROOT);
        return Map.of("x86_64", "amd64", "aarch64", "arm64", "arm", "arm", "i386", "386", "x86", "386")
                .getOrDefault(name, name);
    }
}
