package io.skep.runtime.support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Reads what a program prints, on a thread that lives as long as the output is open. A thread of one's own, for the JDK's timer of
 * futures would keep the class loader of whichever bundle used it first.
 */
final class ProgramOutput {
    /** How long output may stay open after the program has ended: its own has arrived long before. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final Thread reader;

    ProgramOutput(InputStream output) {
        reader = new Thread(() -> collect(output), "program-output");
        reader.setDaemon(true);
        reader.start();
    }

    /** What was printed until the output was closed, or until patience is at its end. */
    String await() throws InterruptedException {
        reader.join(PATIENCE.toMillis());
        return kept.toString(StandardCharsets.UTF_8);
    }

    private void collect(InputStream output) {
        byte[] buffer = new byte[8192];
        try (output) {
            for (int n = output.read(buffer); n >= 0; n = output.read(buffer)) {
                kept.write(buffer, 0, Math.min(n, Program.MAX_OUTPUT - kept.size()));
            }
        } catch (IOException closed) {
            // The program was killed: what came so far is kept.
            return;
        }
    }
}
