package io.skep.shell;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** A table as docker prints them: a heading in capitals, columns aligned, three blanks between, nothing that a pipe would have to strip. */
public final class Columns {
    private static final String GAP = "   ";

    private final List<List<String>> rows = new ArrayList<>();
    private final List<Integer> widths = new ArrayList<>();

    /** A table with these headings. */
    public Columns(String... headings) {
        add(headings);
    }

    /** Adds a row with a cell for each heading. */
    public Columns add(String... cells) {
        rows.add(List.of(cells));
        for (int i = 0; i < cells.length; i++) {
            int width = cells[i].codePointCount(0, cells[i].length());
            if (i < widths.size()) {
                widths.set(i, Math.max(widths.get(i), width));
            } else {
                widths.add(width);
            }
        }
        return this;
    }

    /** Prints it, the heading first. */
    public void print(PrintStream out) {
        rows.forEach(row -> out.println(line(row)));
    }

    private String line(List<String> row) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            String cell = row.get(i);
            line.append(cell);
            if (i + 1 < row.size()) {
                line.append(" ".repeat(widths.get(i) - cell.codePointCount(0, cell.length())))
                        .append(GAP);
            }
        }
        return line.toString().stripTrailing();
    }
}
