package io.skep.cluster.swarm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.skep.cluster.lab.Host;
import java.util.ArrayList;
import java.util.List;

/** What commands print with {@code --json}. */
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    /** The objects of a listing. */
    static List<JsonNode> list(Host host, String... words) {
        try {
            List<JsonNode> objects = new ArrayList<>();
            MAPPER.readTree(host.skep(words).text()).forEach(objects::add);
            return objects;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(words[0] + " prints no JSON", e);
        }
    }
}
