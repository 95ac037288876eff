package io.skep.runtime.oci.image;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;

/** Paths of tar entries: relative to the root file system, without {@code .} and doubled slashes, empty for the root. */
final class EntryPath {
    private static final int LONGEST = 4096;
    private static final int LONGEST_NAME = 255;

    private EntryPath() {}

    /** The one spelling of an entry's name; fails when it leads out of the root file system. */
    static String normal(String name) {
        if (name.length() > LONGEST || name.indexOf('\0') >= 0) {
            throw refuse(name, "is too long or contains a zero byte");
        }
        StringBuilder normal = new StringBuilder(name.length());
        for (String part : name.split("/", -1)) {
            if (part.equals("..")) {
                throw refuse(name, "leads out of the root file system");
            }
            if (part.length() > LONGEST_NAME) {
                throw refuse(name, "has a part of more than " + LONGEST_NAME + " characters");
            }
            if (!part.isEmpty() && !part.equals(".")) {
                normal.append(normal.isEmpty() ? "" : "/").append(part);
            }
        }
        return normal.toString();
    }

    static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    static String child(String parent, String name) {
        return parent.isEmpty() ? name : parent + "/" + name;
    }

    private static SkepException refuse(String name, String why) {
        return new SkepException(ErrorCode.INVALID_ARGUMENT, "refused: the path '" + Text.printable(name) + "' " + why);
    }
}
