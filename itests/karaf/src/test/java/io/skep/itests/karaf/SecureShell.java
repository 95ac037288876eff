package io.skep.itests.karaf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/** A command line from outside, as users have it: the script {@code skep}, which logs in to the node's shell with a key of its own. */
final class SecureShell {
    /** The property that names the script. */
    static final String SCRIPT = "skep.script";

    private final Path home;

    /** Gives the node a user with a key; a second one of the same node is the same user. */
    SecureShell() throws IOException, InterruptedException {
        home = Path.of(System.getProperty("karaf.data", ""), "test-home");
        if (!Files.exists(home)) {
            admit(Files.createDirectories(home.resolve("ssh")));
        }
    }

    private void admit(Path ssh) throws IOException, InterruptedException {
        start("ssh-keygen", "-q", "-t", "rsa", "-N", "", "-f", ssh.resolve("id").toString());
        String open = Files.readString(ssh.resolve("id.pub")).split(" ", -1)[1];
        Files.writeString(
                Path.of(System.getProperty("karaf.etc", ""), "keys.properties"),
                "\nskep = " + open + ",_g_:admingroup\n",
                StandardOpenOption.APPEND);
        String host =
                start("ssh-keyscan", "-p", Distribution.SSH_PORT, "127.0.0.1").text();
        Files.writeString(ssh.resolve("known_hosts"), host.replaceAll("(?m)^\\[127\\.0\\.0\\.1\\]:\\d+", "skep"));
    }

    /**
     * How a command ended.
     *
     * @param code its exit code
     * @param text what it printed
     * @param aside what it said on its standard error
     */
    record Ending(int code, String text, String aside) {}

    /** Runs a command with its arguments. */
    Ending run(String... words) throws IOException, InterruptedException {
        String[] command = new String[words.length + 1];
        command[0] = System.getProperty(SCRIPT, "");
        System.arraycopy(words, 0, command, 1, words.length);
        return start(command);
    }

    /** The shell at a terminal. */
    Terminal open() throws IOException {
        return new Terminal("exec " + System.getProperty(SCRIPT, "") + " shell", environment());
    }

    private Map<String, String> environment() {
        return Map.of("SKEP_HOME", home.toString(), "SKEP_SSH_PORT", Distribution.SSH_PORT);
    }

    private Ending start(String... command) throws IOException, InterruptedException {
        Path aside = Files.createTempFile(home, "aside", ".txt");
        ProcessBuilder builder = new ProcessBuilder(List.of(command)).redirectError(aside.toFile());
        builder.environment().putAll(environment());
        Process process = builder.start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ending(process.waitFor(), text, Files.readString(aside));
    }
}
