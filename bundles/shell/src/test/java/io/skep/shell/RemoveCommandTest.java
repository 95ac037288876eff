package io.skep.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Of several that are named, each is removed that can be. */
class RemoveCommandTest {
    private final List<String> removed = new ArrayList<>();

    private RemoveCommand command(String... references) {
        return new RemoveCommand() {
            @Override
            protected List<String> references() {
                return List.of(references);
            }

            @Override
            protected void remove(String reference) {
                if (reference.startsWith("no")) {
                    throw new SkepException(ErrorCode.NOT_FOUND, reference + " not found");
                }
                removed.add(reference);
            }
        };
    }

    @Test
    void oneThatCannotGoDoesNotKeepTheOthers() {
        assertThatThrownBy(() -> command("a", "none", "b", "nowhere").run())
                .isInstanceOf(SkepException.class)
                .hasMessage("none not found\nnowhere not found");
        assertThat(removed).containsExactly("a", "b");
    }

    @Test
    void nothingIsSaidWhenAllHaveGone() throws InterruptedException {
        command("a", "b").run();
        assertThat(removed).containsExactly("a", "b");
    }
}
