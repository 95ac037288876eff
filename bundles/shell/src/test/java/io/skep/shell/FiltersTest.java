package io.skep.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skep.model.SkepException;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;

/** Which objects pass the filters of a listing. */
class FiltersTest {
    private static final Map<String, BiPredicate<Thing, String>> KEYS = Map.of(
            "name", (thing, value) -> thing.name().startsWith(value),
            "label", (thing, value) -> Filters.label(thing.labels(), value));

    private static final List<Thing> THINGS = List.of(
            new Thing("api", Map.of("zone", "a", "disk", "ssd")),
            new Thing("app", Map.of("zone", "b")),
            new Thing("web", Map.of("zone", "a")));

    /** Something to list. */
    private record Thing(String name, Map<String, String> labels) {}

    private static List<String> passing(String... given) {
        return THINGS.stream()
                .filter(Filters.of(KEYS, List.of(given)))
                .map(Thing::name)
                .toList();
    }

    @Test
    void withoutFiltersAllPass() {
        assertThat(passing()).containsExactly("api", "app", "web");
    }

    @Test
    void ofAKeyOneValueMustMatchButOfLabelsAll() {
        assertThat(passing("name=web", "name=api")).containsExactly("api", "web");
        assertThat(passing("label=zone=a", "label=disk")).containsExactly("api");
    }

    @Test
    void allKeysMustMatch() {
        assertThat(passing("name=ap", "label=zone=a")).containsExactly("api");
        assertThat(passing("name=ap", "label=zone=c")).isEmpty();
    }

    @Test
    void whatIsNoFilterIsRefusedWithThoseThereAre() {
        assertThatThrownBy(() -> passing("mode=x"))
                .isInstanceOf(SkepException.class)
                .hasMessageContaining("one of label, name");
        assertThatThrownBy(() -> passing("name")).isInstanceOf(SkepException.class);
    }
}
