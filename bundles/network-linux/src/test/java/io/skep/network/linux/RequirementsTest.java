package io.skep.network.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the driver says on a node that lacks something. */
final class RequirementsTest {
    @Test
    void namesThePackagesThatAreMissing(@TempDir Path bin) throws IOException {
        for (String program : List.of("sh", "head")) {
            Files.createSymbolicLink(bin.resolve(program), Path.of("/usr/bin", program));
        }
        HostCommands bare = new HostCommands(List.of("env", "PATH=" + bin));
        assertThat(Requirements.problem(bare).orElse("")).contains("apt-get install -y iproute2 nftables");
    }

    @Test
    void asksForRoot() {
        HostCommands nobody =
                new HostCommands(List.of("setpriv", "--reuid=65534", "--clear-groups", "--inh-caps=-all"));
        assertThat(Requirements.problem(nobody).orElse("")).contains("as root");
    }

    @Test
    void isContentHere() {
        assertThat(Requirements.problem(new HostCommands())).isEmpty();
    }

    @Test
    void refusesAnInstanceThatDoesNotFitAnInterfaceName() {
        assertThatThrownBy(() -> new Names("a-long-name"))
                .isInstanceOfSatisfying(
                        SkepException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
        assertThat(new Names("abcdef").bridge("n")).hasSize(15);
    }

    @Test
    void tellsWhatTheKernelSaid() {
        assertThat(KernelWords.failure("do it", "RTNETLINK answers: Cannot allocate memory")
                        .code())
                .isEqualTo(ErrorCode.EXHAUSTED);
        assertThat(KernelWords.failure("do it", "Operation not permitted")).hasMessageContaining("CAP_NET_ADMIN");
        assertThat(KernelWords.failure("do it", "a\n\nb")).hasMessage("cannot do it: a; b");
    }
}
