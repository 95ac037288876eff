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
        List<JsonNode> objects = new ArrayList<>();
        object(host, words).forEach(objects::add);
        return objects;
    }

    /** One object. */
    static JsonNode object(Host host, String... words) {
        try {
            return MAPPER.readTree(host.skep(words).text());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(words[0] + " prints no JSON", e);
        }
    }
}
