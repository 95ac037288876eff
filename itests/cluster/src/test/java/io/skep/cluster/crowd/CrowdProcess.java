package io.skep.cluster.crowd;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.skep.cluster.lab.Host;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** A {@link Crowd} on a host of a lab that has no node. */
public final class CrowdProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;

    private CrowdProcess(Process process) {
        this.process = process;
        out = process.inputReader(UTF_8);
    }

    /** Starts one on a host that is on, and waits until all its agents have joined. */
    public static CrowdProcess join(Host host, int number, String token, String manager) {
        CrowdProcess crowd = new CrowdProcess(host.launch(List.of(
                System.getProperty("java.home", "") + "/bin/java",
                "-XX:+UseSerialGC",
                "-Xmx2g",
                "-Xss256k",
                // it would warn on the output that is read here
                "-XX:-UsePerfData",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path", "")),
                Crowd.class.getName(),
                Integer.toString(number),
                token,
                manager,
                host.address(),
                "/run/crowd")));
        crowd.expect("joined");
        return crowd;
    }

    /** Waits until so many containers run. */
    public void await(int running) {
        try {
            process.outputWriter(UTF_8)
                    .append(Integer.toString(running))
                    .append('\n')
                    .flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        expect(Integer.toString(running));
    }

    private void expect(String wanted) {
        try {
            String line = out.readLine();
            if (!wanted.equals(line)) {
                throw new IllegalStateException("the crowd says " + line + " instead of " + wanted);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
