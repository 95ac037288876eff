package io.skep.runtime.oci.image;

import java.util.ArrayList;
import java.util.List;

/**
 * A line of {@code /proc/self/mountinfo} (proc(5)). Pure.
 *
 * @param mountPoint where it is mounted
 * @param type of file system
 * @param source as given to mount
 */
record MountInfo(String mountPoint, String type, String source) {
    private static final int MOUNT_POINT = 4;

    static List<MountInfo> parse(List<String> lines) {
        List<MountInfo> mounts = new ArrayList<>();
        for (String line : lines) {
            int separator = line.indexOf(" - ");
            String[] before = line.split(" ", -1);
            String[] after = separator < 0
                    ? new String[0]
                    : line.substring(separator + 3).split(" ", -1);
            if (before.length > MOUNT_POINT && after.length > 1) {
                mounts.add(new MountInfo(unescape(before[MOUNT_POINT]), after[0], unescape(after[1])));
            }
        }
        return mounts;
    }

    /** Blanks, tabs, line ends and backslashes are written as a backslash and three octal digits. */
    private static String unescape(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\\' && text.substring(i).matches("(?s)\\\\[0-3][0-7]{2}.*")) {
                plain.append((char) Integer.parseInt(text.substring(i + 1, i + 4), 8));
                i += 3;
            } else {
                plain.append(text.charAt(i));
            }
        }
        return plain.toString();
    }
}
