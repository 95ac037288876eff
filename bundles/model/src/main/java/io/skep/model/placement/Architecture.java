package io.skep.model.placement;

import java.util.Locale;

/** Brings the kernel's names of processor architectures and Go's together. */
public final class Architecture {
    private Architecture() {}

    /** Go's name in lower case: {@code amd64} for {@code x86_64}, {@code arm64} for {@code aarch64}, others unchanged. */
    public static String canonical(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return switch (lower) {
            case "x86_64", "x86-64" -> "amd64";
            case "aarch64" -> "arm64";
            default -> lower;
        };
    }
}
