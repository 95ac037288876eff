package io.skep.cluster.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CommandLineTest {
    @Test
    void aSingleWordIsALine() {
        assertThat(CommandLine.of("swarm:info; bundle:list")).isEqualTo("swarm:info; bundle:list");
    }

    @Test
    void whatTheShellWouldReadIsQuoted() {
        assertThat(CommandLine.of("swarm:service-create", "--name", "web", "a b", "$x \"y\" \\"))
                .isEqualTo("swarm:service-create --name web \"a b\" \"\\$x \\\"y\\\" \\\\\"");
    }
}
