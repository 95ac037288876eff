package io.skep.stack.compose.tree;

import io.skep.api.stack.ParsedStack.Finding;
import io.skep.api.stack.ParsedStack.Severity;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is to be told to the author; the same remark on the same place, as aliases bring it, counts once. */
public final class Findings {
    /** A broken file of any size is told in so many findings; who mends them sees the others. */
    private static final int MOST = 200;

    private static final int LONGEST = 400;

    private final Set<Finding> findings = new LinkedHashSet<>();

    /** Something that prevents the deployment. */
    public void error(Place place, String message) {
        add(Severity.ERROR, place, message);
    }

    /** Something that the author should know. */
    public void warning(Place place, String message) {
        add(Severity.WARNING, place, message);
    }

    /** True when no further finding is taken. */
    public boolean full() {
        return findings.size() > MOST;
    }

    /** True once there was an error. */
    public boolean failed() {
        return findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
    }

    /** All findings from top to bottom, file by file. */
    public List<Finding> sorted(List<String> files) {
        return findings.stream()
                .sorted(Comparator.<Finding>comparingInt(finding -> rank(files, finding.path()))
                        .thenComparing(Finding::path)
                        .thenComparingInt(Finding::line)
                        .thenComparingInt(Finding::column))
                .toList();
    }

    private static int rank(List<String> files, String path) {
        int index = files.indexOf(path);
        return index < 0 ? files.size() : index;
    }

    /** What the author wrote may be long and hold line breaks; a finding is one line. */
    private static String oneLine(String message) {
        String cut = message.length() <= LONGEST ? message : message.substring(0, LONGEST) + "…";
        return cut.replaceAll("\\p{Cntrl}+", " ");
    }

    private void add(Severity severity, Place place, String message) {
        if (findings.size() < MOST) {
            findings.add(new Finding(severity, place.path(), place.line(), place.column(), oneLine(message)));
        } else if (findings.size() == MOST && severity == Severity.ERROR) {
            String last = "there is more to say than this; mend what is told first";
            findings.add(new Finding(severity, place.path(), place.line(), place.column(), last));
        }
    }
}
