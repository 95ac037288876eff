package io.skep.cluster.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class AbandonedTest {
    /** Makes a lab, says where, and waits to be killed. */
    static final class Abandoning {
        private Abandoning() {}

        public static void main(String[] arguments) throws IOException {
            Lab lab = Lab.create(LabSpec.of(1).withDisks(256), Place.configured());
            lab.host(1).powerOn();
            lab.network().slow(1, Impairment.loss(0), 1);
            System.out.println(lab.folder());
            System.out.println(System.in.read());
        }
    }

    @Test
    void nothingIsLeftOfALabWhoseJvmWasKilled() throws IOException {
        Process process = new ProcessBuilder(line()).start();
        Path folder = Path.of(process.inputReader().readLine());
        assertThat(folder).exists();
        List<Path> groups = groups(folder);
        assertThat(groups).isNotEmpty().allMatch(Files::exists);
        // the keeper holds the lock to its end
        Process lock = new ProcessBuilder("flock", folder.resolve("lock").toString(), "true").start();
        process.destroyForcibly();
        assertThat(lock.onExit().join().exitValue()).isZero();
        assertThat(folder).doesNotExist();
        assertThat(groups).noneMatch(Files::exists);
        assertThat(loops()).noneMatch(file -> file.startsWith(folder.toString()));
    }

    private static List<String> line() {
        List<String> line = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java", "-cp", System.getProperty("java.class.path", "")));
        for (String property : List.of("skep.distribution", "skep.probe", "skep.script", "skep.lab.work")) {
            line.add("-D" + property + "=" + System.getProperty(property));
        }
        line.add(Abandoning.class.getName());
        return line;
    }

    private static List<Path> groups(Path folder) throws IOException {
        try (Stream<String> lines = Files.lines(folder.resolve("groups"))) {
            return lines.map(line -> Path.of(line.substring(line.indexOf(' ') + 1)))
                    .toList();
        }
    }

    private static List<String> loops() {
        return Programs.must(List.of("losetup", "--noheadings", "--output", "BACK-FILE"))
                .lines()
                .toList();
    }
}
