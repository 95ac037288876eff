package io.skep.shell.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skep.api.control.ImageDistribution.Delivery;
import io.skep.model.SkepException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is said of images that were brought to all nodes. */
class DeliveriesTest {
    private static final Delivery HAS = new Delivery("1", "h1", List.of("web:1", "api:2"), Optional.empty());
    private static final Delivery LACKS = new Delivery("2", "host2", List.of(), Optional.of("the node is down"));

    private static List<String> printed(Deliveries deliveries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        deliveries.table().print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void eachNodeHasALine() {
        assertThat(printed(new Deliveries(List.of(HAS, LACKS))))
                .containsExactly("NODE    RESULT", "h1      loaded web:1, api:2", "host2   failed: the node is down");
    }

    @Test
    void nothingIsSaidWhenAllHaveIt() {
        new Deliveries(List.of(HAS)).requireComplete();
    }

    @Test
    void itFailsByTheNamesOfThoseWithout() {
        Deliveries deliveries = new Deliveries(List.of(HAS, LACKS));
        assertThatThrownBy(deliveries::requireComplete)
                .isInstanceOf(SkepException.class)
                .hasMessageContaining("1 of 2 nodes")
                .hasMessageContaining("host2");
    }
}
