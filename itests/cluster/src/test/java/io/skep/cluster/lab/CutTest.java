package io.skep.cluster.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CutTest {
    @Test
    void aCutHoldsWhetherALinkIsSlowOrNot() {
        assertThat(Cut.rules(List.of(new Cut(1, 2)))).isEqualTo("""
                        flush set bridge lab cuts
                        add element bridge lab cuts { "h1" . "h2", "h1" . "r2", "r1" . "h2", "r1" . "r2" }
                        """);
    }

    @Test
    void withoutCutsTheSetIsEmptied() {
        assertThat(Cut.rules(List.of())).isEqualTo("flush set bridge lab cuts\n");
    }
}
