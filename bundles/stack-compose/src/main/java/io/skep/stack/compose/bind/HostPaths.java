package io.skep.stack.compose.bind;

import io.skep.stack.compose.tree.Place;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Paths of the host as stack files write them: from the directory of the first file, or from the home directory. */
final class HostPaths {
    private final Scope scope;

    HostPaths(Scope scope) {
        this.scope = scope;
    }

    /** True for a path, false for the name of a volume. */
    static boolean isPath(String source) {
        return source.startsWith("/") || source.startsWith(".") || source.startsWith("~");
    }

    /** The absolute path, without dots. */
    Optional<String> resolve(Place place, String path) {
        if (path.equals("~") || path.startsWith("~/")) {
            String home = scope.source().variables().get("HOME");
            return home == null
                    ? wrong(place, "~ needs the variable HOME, which is not set; write the path out")
                    : Optional.of(normal(home + path.substring(1)));
        }
        if (path.startsWith("/")) {
            return Optional.of(normal(path));
        }
        String file = scope.source().files().get(0).path();
        return file.startsWith("/")
                ? Optional.of(normal(file.substring(0, file.lastIndexOf('/') + 1) + path))
                : wrong(place, "a relative path needs a stack file given by its absolute path; write the path out");
    }

    private Optional<String> wrong(Place place, String message) {
        scope.values().findings().error(place, message);
        return Optional.empty();
    }

    private static String normal(String path) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : path.split("/", -1)) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return "/" + String.join("/", parts);
    }
}
