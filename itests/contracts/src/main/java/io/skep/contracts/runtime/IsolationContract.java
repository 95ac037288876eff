package io.skep.contracts.runtime;

import static io.skep.contracts.runtime.RuntimeBench.assertFails;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.runtime.ContainerConfig;
import io.skep.api.runtime.ContainerConfig.Limits;
import io.skep.api.runtime.ContainerStats;
import io.skep.api.runtime.Exit;
import io.skep.model.ErrorCode;
import io.skep.model.Mount;
import io.skep.model.Sensitive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a container sees, and how much of the host it may use. */
interface IsolationContract extends RuntimeSubject {
    @Test
    default void seesItsOwnNameAndProcesses() {
        bench().require(RuntimeFeature.FILE_SYSTEM);
        List<String> output = bench().outputOf(bench().config()
                .hostname("hive")
                .arguments(Programs.shell("hostname; cat /etc/hostname; echo $$")));
        assertThat(output).containsExactly("hive", "hive", "1");
    }

    @Test
    default void aBindMountIsShared(@TempDir Path dir) throws IOException {
        bench().require(RuntimeFeature.FILE_SYSTEM);
        Files.writeString(dir.resolve("in"), "hello\n");
        assertThat(bench().outputOf(bench().config()
                        .mounts(new Mount(Mount.Type.BIND, dir.toString(), "/mnt/data", false, 0, 0))
                        .arguments(Programs.shell("cat /mnt/data/in; echo back > /mnt/data/out"))))
                .containsExactly("hello");
        assertThat(dir.resolve("out")).hasContent("back");
    }

    @Test
    default void aReadOnlyMountCannotBeWritten(@TempDir Path dir) {
        bench().require(RuntimeFeature.FILE_SYSTEM);
        String id = bench().run(bench().config()
                .mounts(new Mount(Mount.Type.BIND, dir.toString(), "/mnt", true, 0, 0))
                .arguments(Programs.shell("echo x > /mnt/out")));
        assertThat(bench().exit(id).code()).isNotZero();
        assertThat(dir.resolve("out")).doesNotExist();
    }

    @Test
    default void aMissingBindSourceIsRefused() {
        bench().require(RuntimeFeature.FILE_SYSTEM);
        ContainerConfig config = bench().config()
                .mounts(new Mount(Mount.Type.BIND, "/no/such/dir", "/mnt", true, 0, 0))
                .arguments(bench().programs().exit(0))
                .build();
        assertFails(ErrorCode.INVALID_ARGUMENT, () -> bench().runtime().prepare(config));
        assertThat(bench().runtime().adopt()).isEmpty();
    }

    @Test
    default void aNamedVolumeOutlivesTheContainerAndBeginsWithTheImage() {
        bench().require(RuntimeFeature.FILE_SYSTEM);
        Mount volume = new Mount(Mount.Type.VOLUME, "honey", "/etc", false, 0, 0);
        String first = bench().run(bench().config()
                .mounts(volume)
                .arguments(Programs.shell("grep -c bee /etc/passwd; echo kept > /etc/note")));
        bench().exit(first);
        assertThat(bench().output(first)).containsExactly("1");
        bench().runtime().remove(first);
        assertThat(bench().outputOf(bench().config().mounts(volume).arguments(Programs.shell("cat /etc/note"))))
                .containsExactly("kept");
    }

    @Test
    default void anAnonymousVolumeIsNew() {
        bench().require(RuntimeFeature.FILE_SYSTEM);
        Mount volume = new Mount(Mount.Type.VOLUME, "", "/data", false, 0, 0);
        for (int i = 0; i < 2; i++) {
            assertThat(bench().outputOf(bench().config()
                            .mounts(volume)
                            .arguments(Programs.shell("ls /data | wc -l; touch /data/file"))))
                    .containsExactly("0");
        }
    }

    @Test
    default void aTmpfsIsOfItsSize() {
        bench().require(RuntimeFeature.FILE_SYSTEM);
        assertThat(bench().outputOf(bench().config()
                        .mounts(new Mount(Mount.Type.TMPFS, "", "/scratch", false, 1 << 20, 0700))
                        .arguments(Programs.shell("stat -f -c %T /scratch; stat -c %a /scratch;"
                                + " head -c 2000000 /dev/zero > /scratch/big 2>/dev/null || echo full"))))
                .containsExactly("tmpfs", "700", "full");
    }

    @Test
    default void secretsAndConfigsAreFilesInMemoryThatCannotBeWritten() {
        bench().require(RuntimeFeature.FILE_SYSTEM);
        Sensitive honey = new Sensitive(Base64.getEncoder().encodeToString("honey\n".getBytes(UTF_8)));
        assertThat(bench().outputOf(bench().config()
                        .files(
                                new ContainerConfig.File("/run/secrets/sweet", honey, 7, 8, 0400),
                                new ContainerConfig.File("/etc/bees/conf", honey, 0, 0, 0444))
                        .arguments(Programs.shell("cat /run/secrets/sweet /etc/bees/conf;"
                                + " stat -c '%u %g %a' /run/secrets/sweet; stat -f -c %T /run/secrets/sweet;"
                                + " echo x 2>/dev/null > /etc/bees/conf || echo refused"))))
                .containsExactly("honey", "honey", "7 8 400", "tmpfs", "refused");
    }

    @Test
    default void aReadOnlyRootHasSecretsToo() {
        bench().require(RuntimeFeature.FILE_SYSTEM);
        Sensitive honey = new Sensitive(Base64.getEncoder().encodeToString("honey\n".getBytes(UTF_8)));
        assertThat(bench().outputOf(bench().config()
                        .readOnly()
                        .files(new ContainerConfig.File("/run/secrets/sweet", honey, 0, 0, 0444))
                        .arguments(Programs.shell("cat /run/secrets/sweet"))))
                .containsExactly("honey");
    }

    @Test
    default void aReadOnlyRootCannotBeWritten() {
        bench().require(RuntimeFeature.FILE_SYSTEM);
        assertThat(bench().outputOf(bench().config()
                        .readOnly()
                        .mounts(new Mount(Mount.Type.TMPFS, "", "/scratch", false, 0, 0))
                        .arguments(Programs.shell(
                                "touch /file 2>/dev/null || echo refused; touch /scratch/file && echo ok"))))
                .containsExactly("refused", "ok");
    }

    @Test
    default void whatAContainerWritesGoesWithIt() {
        bench().require(RuntimeFeature.FILE_SYSTEM);
        for (int i = 0; i < 2; i++) {
            assertThat(bench().outputOf(bench().config()
                            .arguments(Programs.shell("ls /note 2>/dev/null; touch /note; echo done"))))
                    .containsExactly("done");
        }
    }

    @Test
    default void tooMuchMemoryEndsTheContainer() {
        bench().require(RuntimeFeature.LIMITS);
        // The shell doubles a text until the limit; nothing is swapped.
        String id = bench().run(bench().config()
                .limits(new Limits(0, 16L << 20, 0))
                .arguments(Programs.shell("x=0123456789; while :; do x=$x$x; done")));
        Exit exit = bench().exit(id);
        assertThat(exit.code()).isEqualTo(137);
        assertThat(exit.outOfMemory()).isTrue();
    }

    @Test
    default void tooManyProcessesAreRefused() {
        bench().require(RuntimeFeature.LIMITS);
        String id = bench().run(bench().config()
                .limits(new Limits(0, 0, 5))
                .arguments(Programs.shell("for i in 1 2 3 4 5 6 7 8; do sleep 1000 & done; echo all; wait")));
        bench().exit(id);
        assertThat(bench().output(id)).doesNotContain("all");
    }

    @Test
    default void processorTimeIsLimited() {
        bench().require(RuntimeFeature.LIMITS);
        String id = bench().run(bench().config()
                .limits(new Limits(200_000_000, 0, 0))
                .arguments(Programs.shell("( sleep 1; echo enough; sleep 1000 ) & while :; do :; done")));
        bench().awaitLine(id, "enough");
        Duration cpu = Duration.ofNanos(bench().runtime().stats(id).cpuNanos());
        bench().runtime().stop(id, Duration.ZERO);
        assertThat(cpu)
                .as("processor time within a second or so, at a fifth")
                .isBetween(Duration.ofMillis(20), Duration.ofMillis(700));
    }

    @Test
    default void tellsWhatIsUsed() {
        bench().require(RuntimeFeature.LIMITS);
        String id = bench().run(bench().config()
                .limits(new Limits(0, 64L << 20, 0))
                .arguments(bench().programs().forever()));
        bench().awaitReady(id);
        ContainerStats stats = bench().runtime().stats(id);
        assertThat(stats.cpuNanos()).isPositive();
        assertThat(stats.memoryBytes()).isBetween(1L, 64L << 20);
        assertThat(stats.memoryLimitBytes()).isEqualTo(64L << 20);
        assertThat(stats.pids()).isEqualTo(2);
        bench().runtime().stop(id, Duration.ZERO);
        assertFails(ErrorCode.WRONG_STATE, () -> bench().runtime().stats(id));
    }
}
