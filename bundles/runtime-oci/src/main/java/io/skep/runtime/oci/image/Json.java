package io.skep.runtime.oci.image;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.skep.model.SkepException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads JSON of unknown origin as a tree, every access checked. Trees, because binding to classes would leave them in a
 * cache of the JSON library after this bundle is gone.
 */
final class Json {
    /** No document about an image may be larger; the OCI distribution specification promises manifests only up to 4 MiB. */
    static final int LIMIT = 8 << 20;

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private Json() {}

    /** Reads a stream to its end, but no more than {@link #LIMIT}. */
    static byte[] bytes(InputStream in, String what) throws IOException {
        byte[] content = in.readNBytes(LIMIT + 1);
        if (content.length > LIMIT) {
            throw Failures.malformed(what, "the document is larger than " + Text.megabytes(LIMIT));
        }
        return content;
    }

    static JsonNode object(byte[] content, String what) {
        return expect(parse(content, what), JsonNode::isObject, what, "a JSON object");
    }

    static JsonNode parse(byte[] content, String what) {
        try {
            JsonNode node = MAPPER.readTree(content);
            if (node == null) {
                throw Failures.malformed(what, "it is empty");
            }
            return node;
        } catch (JsonProcessingException e) {
            throw Failures.malformed(
                    what,
                    "not JSON (line "
                            + (e.getLocation() == null ? 0 : e.getLocation().getLineNr()) + ")",
                    e);
        } catch (IOException e) {
            throw Failures.malformed(what, "not JSON", e);
        }
    }

    static ObjectNode newObject() {
        return MAPPER.createObjectNode();
    }

    static byte[] write(JsonNode node) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can always be written", e);
        }
    }

    /** A text field that may be absent or null, then empty. */
    static String text(JsonNode object, String field, String what) {
        JsonNode node = object.path(field);
        return absent(node) ? "" : checkedText(node, field, what);
    }

    /** A list of texts that may be absent or null, then empty. */
    static List<String> texts(JsonNode object, String field, String what) {
        List<String> texts = new ArrayList<>();
        elements(object, field, what).forEach(node -> texts.add(checkedText(node, field, what)));
        return List.copyOf(texts);
    }

    /** The elements of a list that may be absent or null, then none. */
    static List<JsonNode> elements(JsonNode object, String field, String what) {
        JsonNode node = object.path(field);
        if (absent(node)) {
            return List.of();
        }
        List<JsonNode> elements = new ArrayList<>();
        expect(node, JsonNode::isArray, what, "a list in '" + field + "'").forEach(elements::add);
        return elements;
    }

    /** The names of an object used as a set; may be absent or null, then none. */
    static List<String> names(JsonNode object, String field) {
        return object.path(field)
                .propertyStream()
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** An object of texts, sorted by name; may be absent or null, then empty. */
    static Map<String, String> textMap(JsonNode object, String field, String what) {
        Map<String, String> map = new TreeMap<>();
        object.path(field).propertyStream().forEach(e -> map.put(e.getKey(), checkedText(e.getValue(), field, what)));
        return map;
    }

    static long number(JsonNode object, String field, String what) {
        return expect(object.path(field), JsonNode::canConvertToLong, what, "a number in '" + field + "'")
                .longValue();
    }

    private static boolean absent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static String checkedText(JsonNode node, String field, String what) {
        String text = expect(node, JsonNode::isTextual, what, "text in '" + field + "'")
                .textValue();
        if (text.indexOf('\0') >= 0) {
            throw Failures.malformed(what, "'" + field + "' contains a zero byte");
        }
        return text;
    }

    private static JsonNode expect(
            JsonNode node, java.util.function.Predicate<JsonNode> form, String what, String expected)
            throws SkepException {
        if (!form.test(node)) {
            throw Failures.malformed(what, "expected " + expected);
        }
        return node;
    }
}
