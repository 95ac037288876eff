package io.skep.itests.karaf;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;

/** Karaf's shell within the process. */
final class CommandLine {
    private final SessionFactory sessions;

    CommandLine(SessionFactory sessions) {
        this.sessions = sessions;
    }

    /**
     * How a line ended.
     *
     * @param text what it printed
     * @param failure the message of the failure, empty when it succeeded
     */
    record Ending(String text, String failure) {
        boolean succeeded() {
            return failure.isEmpty();
        }
    }

    /** Runs a line. */
    Ending ending(String line) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String failure = "";
        try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
                Session session = sessions.create(new ByteArrayInputStream(new byte[0]), out, out)) {
            session.execute(line);
        } catch (Exception e) {
            failure = String.valueOf(e.getMessage());
        }
        return new Ending(bytes.toString(StandardCharsets.UTF_8), failure);
    }

    /** Runs a line that must succeed, and answers what it printed. */
    String run(String line) {
        Ending ending = ending(line);
        if (!ending.succeeded()) {
            throw new AssertionError(line + " failed: " + ending.failure() + "\n" + ending.text());
        }
        return ending.text();
    }
}
