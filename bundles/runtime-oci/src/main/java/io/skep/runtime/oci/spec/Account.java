package io.skep.runtime.oci.spec;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A user resolved to numbers with the image's own {@code /etc/passwd} and {@code /etc/group} (passwd(5), group(5)).
 *
 * @param uid the user
 * @param gid the primary group
 * @param groups supplementary groups
 */
public record Account(long uid, long gid, List<Long> groups) {
    private static final long MAX_ID = 0xFFFF_FFFEL;

    /**
     * Resolves {@code name|uid[:group|gid]}; empty means root. A number needs no entry. Without an explicit group, the entry's
     * primary group and the groups that list the name hold.
     *
     * @throws SkepException {@code INVALID_ARGUMENT} when a name has no entry
     */
    public static Account resolve(String user, String passwd, String group) {
        String[] parts = (user.isEmpty() ? "0" : user).split(":", 2);
        Optional<String[]> entry = find(passwd, 4, fields -> fields[0].equals(parts[0]))
                .or(() -> find(passwd, 4, fields -> fields[2].equals(parts[0])));
        long uid = entry.flatMap(fields -> number(fields[2]))
                .or(() -> number(parts[0]))
                .orElseThrow(() -> unknown("user", parts[0], "/etc/passwd"));
        if (parts.length == 2 && !parts[1].isEmpty()) {
            return new Account(uid, gid(parts[1], group), List.of());
        }
        long gid = entry.flatMap(fields -> number(fields[3])).orElse(0L);
        List<Long> groups = entry.map(fields -> memberships(fields[0], group)).orElse(List.of());
        return new Account(uid, gid, groups);
    }

    private static long gid(String name, String group) {
        return find(group, 3, fields -> fields[0].equals(name))
                .flatMap(fields -> number(fields[2]))
                .or(() -> number(name))
                .orElseThrow(() -> unknown("group", name, "/etc/group"));
    }

    private static List<Long> memberships(String user, String group) {
        return entries(group, 4)
                .filter(fields -> Arrays.asList(fields[3].split(",", -1)).contains(user))
                .flatMap(fields -> number(fields[2]).stream())
                .toList();
    }

    private static Optional<String[]> find(String file, int fields, Predicate<String[]> wanted) {
        return entries(file, fields).filter(wanted).findFirst();
    }

    private static java.util.stream.Stream<String[]> entries(String file, int fields) {
        return file.lines().map(line -> line.split(":", -1)).filter(entry -> entry.length >= fields);
    }

    private static Optional<Long> number(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 10 && text.chars().allMatch(Character::isDigit);
        return digits ? Optional.of(Long.valueOf(text)).filter(id -> id <= MAX_ID) : Optional.empty();
    }

    private static SkepException unknown(String what, String name, String file) {
        return new SkepException(
                ErrorCode.INVALID_ARGUMENT,
                "the image has no " + what + " " + name + " in its " + file
                        + "; name one that it has, or give the number");
    }
}
