package io.skep.cluster.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.cluster.lab.Host;
import io.skep.cluster.lab.Output;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Requests to a published port of one host from another, one after the other, each over a connection of its own, until it is ended. */
final class Requests {
    /** Tells each failure; in a file how many were answered. */
    private static final String LOOP = """
            rm -f %1$s %1$s.over
            count=0
            while [[ ! -e %1$s.over ]]; do
                answer=$(curl -sS -m 5 %2$s 2>&1) || true
                if [[ $answer == %3$s ]]; then
                    count=$((count + 1))
                    echo $count >%1$s.new
                    mv %1$s.new %1$s
                else
                    echo "$(date +%%T.%%3N) after $count answers: $answer"
                fi
                sleep 0.01
            done
            """;

    private final Host client;
    private final String file;
    private final FutureTask<Output> loop;

    private Requests(Host client, Host asked) {
        this.client = client;
        file = "/run/requests-" + asked.name();
        String url = "http://" + asked.address() + ":" + WebStack.PORT + "/";
        String script = LOOP.formatted(file, url, Image.ANSWER);
        loop = new FutureTask<>(() -> client.run("bash", "-c", script));
        Thread thread = new Thread(loop, "test-requests-" + asked.name());
        thread.setDaemon(true);
        thread.start();
    }

    /** Begins. */
    static Requests begin(Host client, Host asked) {
        return new Requests(client, asked);
    }

    /** How many were answered. */
    int answered() {
        return Integer.parseInt(
                client.run("bash", "-c", "cat " + file + " || echo 0").text());
    }

    /** Ends; what failed. */
    List<String> end() throws InterruptedException, ExecutionException, TimeoutException {
        client.run("touch", file + ".over").text();
        Output output = loop.get(Swarm.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(output.err()).isEmpty();
        return output.text().lines().toList();
    }
}
