package io.skep.itests.karaf;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A terminal at which somebody has typed a command, such as {@code ./skep shell}, and types on. */
final class Terminal implements AutoCloseable {
    private static final String CODES = "\u001b(\\[[0-9;?]*[A-Za-z]|[=>]|\\][^\u0007]*\u0007)";

    private final Process process;
    private final OutputStream keys;
    private final BlockingQueue<String> shown = new LinkedBlockingQueue<>();
    private String screen = "";

    Terminal(String command, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                "script", "--quiet", "--flush", "--command", "stty columns 120 rows 40; " + command, "/dev/null");
        builder.environment().putAll(environment);
        builder.environment().put("TERM", "xterm");
        process = builder.redirectErrorStream(true).start();
        keys = process.getOutputStream();
        Thread reader = new Thread(this::read, "test-terminal");
        reader.setDaemon(true);
        reader.start();
    }

    void type(String text) throws IOException {
        keys.write(text.getBytes(StandardCharsets.UTF_8));
        keys.flush();
    }

    /** Waits until a text is shown, and forgets what was shown so far. */
    void await(String text) throws InterruptedException {
        Instant end = Instant.now().plus(Services.PATIENCE);
        while (!screen.replaceAll(CODES, "").contains(text)) {
            String more = shown.poll(Duration.between(Instant.now(), end).toMillis(), TimeUnit.MILLISECONDS);
            if (more == null) {
                throw new AssertionError(text + " is not shown, but: " + screen);
            }
            screen += more;
        }
        screen = "";
    }

    private void read() {
        byte[] buffer = new byte[4096];
        try (InputStream in = process.getInputStream()) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                shown.add(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            shown.add("the terminal was closed: " + e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
