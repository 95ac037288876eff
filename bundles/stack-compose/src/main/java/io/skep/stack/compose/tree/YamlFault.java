package io.skep.stack.compose.tree;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** What YAML's parser complained of, at the place that SnakeYAML marked. */
record YamlFault(Place place, String message) {
    private static final String TAB = "\\t(TAB)";

    static YamlFault of(String path, Exception e) {
        MarkedYAMLException marked = marked(e);
        Mark mark = marked == null ? null : marked.getProblemMark();
        Place place = mark == null ? located(path, e) : new Place(path, mark.getLine() + 1, mark.getColumn() + 1);
        return new YamlFault(place, "this is not YAML: " + reason(e, marked));
    }

    private static @Nullable MarkedYAMLException marked(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof MarkedYAMLException marked) {
                return marked;
            }
        }
        return null;
    }

    private static Place located(String path, Exception e) {
        JsonLocation location = e instanceof JacksonException jackson ? jackson.getLocation() : null;
        return location == null
                ? new Place(path, 1, 1)
                : new Place(path, Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
    }

    private static String reason(Exception e, @Nullable MarkedYAMLException marked) {
        String problem = marked == null ? firstLine(e) : marked.getProblem();
        String context = marked == null || marked.getContext() == null ? "" : " " + marked.getContext();
        return (problem == null ? "it cannot be read" : problem)
                + context
                + (problem != null && problem.contains(TAB) && !problem.contains("indentation")
                        ? "; indent with blanks"
                        : "");
    }

    private static @Nullable String firstLine(Exception e) {
        if (e instanceof StreamConstraintsException) {
            return "it is nested too deeply, or a part of it is too long";
        }
        String message = e instanceof JacksonException jackson ? jackson.getOriginalMessage() : e.getMessage();
        return message == null ? null : message.lines().findFirst().orElse(null);
    }
}
