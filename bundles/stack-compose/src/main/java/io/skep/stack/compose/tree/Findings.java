package io.skep.stack.compose.tree;

import io.skep.api.stack.ParsedStack.Finding;
import io.skep.api.stack.ParsedStack.Severity;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is to be told to the author; the same remark on the same place, as aliases bring it, counts once. */
public final class Findings {
    private final Set<Finding> findings = new LinkedHashSet<>();

    /** Something that prevents the deployment. */
    public void error(Place place, String message) {
        add(Severity.ERROR, place, message);
    }

    /** Something that the author should know. */
    public void warning(Place place, String message) {
        add(Severity.WARNING, place, message);
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

    private void add(Severity severity, Place place, String message) {
        findings.add(new Finding(severity, place.path(), place.line(), place.column(), message));
    }
}
