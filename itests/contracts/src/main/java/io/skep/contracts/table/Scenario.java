package io.skep.contracts.table;

import java.util.List;

/**
 * One case of a table.
 *
 * @param title says the rule that it shows
 * @param line of the title in the file, from 1
 * @param steps at least one; all steps share the state of their scenario
 */
record Scenario(String title, int line, List<Step> steps) {
    /**
     * Something that is put in and what should come out.
     *
     * @param input without its blank edges
     * @param expected without its blank edges
     */
    record Step(String input, String expected) {}
}
