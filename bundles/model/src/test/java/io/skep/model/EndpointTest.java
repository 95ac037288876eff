package io.skep.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.model.codec.Codec;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EndpointTest {
    @Test
    void travelsAsBytes() {
        Endpoint endpoint = new Endpoint(
                "t1",
                "s1",
                "shop_web",
                List.of(new Endpoint.Attachment(
                        "n1", "10.0.1.0/24", "10.0.1.7", "10.0.1.2", List.of("web", "shop_web"), List.of("web.1"))),
                List.of(new Endpoint.Port("tcp", 8080, 80, "10.0.1.7", PortConfig.PublishMode.INGRESS)));
        assertThat(Codec.fromBytes(Codec.toBytes(endpoint), Endpoint.class)).isEqualTo(endpoint);
    }
}
