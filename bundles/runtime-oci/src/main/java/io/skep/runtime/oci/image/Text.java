package io.skep.runtime.oci.image;

import java.util.Locale;

/** Makes text of unknown origin and large numbers fit to be shown in a message. */
final class Text {
    private static final int SHOWN = 200;

    private Text() {}

    /** At most 200 characters, control characters replaced, so that a hostile name cannot forge a line or an escape code. */
    static String printable(String text) {
        String head = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
        return head.replaceAll("\\p{Cntrl}", "?");
    }

    static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
