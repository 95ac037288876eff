package io.skep.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skep.model.NodeRole;
import io.skep.model.SkepException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDirectoryTest {
    private static final NodeFile NODE = new NodeFile("n", "s", "m", List.of("m"), NodeRole.MANAGER, "127.0.0.1");

    @Test
    void whatWasFoundedIsReadBackAndDeletedWhole(@TempDir Path temp) throws IOException {
        Path path = temp.resolve("deep/swarm");
        StateDirectory directory = new StateDirectory(path);
        assertThat(directory.node()).isEmpty();
        directory.found(NODE, new byte[] {1, 2});
        assertThat(new StateDirectory(path).node()).contains(NODE);
        assertThat(directory.key()).containsExactly(1, 2);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path.resolve("gossip.key"))))
                .isEqualTo("rw-------");
        directory.delete();
        directory.delete();
        assertThat(path).doesNotExist();
    }

    @Test
    void anInterruptedFoundingIsNoSwarmAndDoesNotHinderTheNext(@TempDir Path temp) throws IOException {
        StateDirectory directory = new StateDirectory(temp.resolve("swarm"));
        Files.createDirectory(directory.path());
        Files.write(directory.path().resolve("gossip.key.new"), new byte[1]);
        assertThat(directory.node()).isEmpty();
        directory.found(NODE, new byte[2]);
        assertThat(directory.node()).contains(NODE);
    }

    @Test
    void anAddressMustBeOne() {
        assertThat(HostAddress.advertised(Optional.of("192.0.2.7"))).isEqualTo("192.0.2.7");
        assertThat(HostAddress.advertised(Optional.empty())).matches("[0-9.]+");
        assertThatThrownBy(() -> HostAddress.advertised(Optional.of("nonsense")))
                .isInstanceOf(SkepException.class)
                .hasMessageContaining("not an IP address");
    }
}
