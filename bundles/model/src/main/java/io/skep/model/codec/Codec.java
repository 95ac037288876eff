package io.skep.model.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.MapperBuilder;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.io.IOException;

/**
 * Bytes and text from the model's records, the same for every bundle: CBOR (RFC 8949) in the log and between nodes, JSON as the Docker Engine API
 * writes it for people. Thread-safe. Holds no thread-local state, so that a bundle that used it can be unloaded.
 */
public final class Codec {
    private static final ObjectMapper CBOR = configure(CBORMapper.builder(CBORFactory.builder()
                    .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
                    .build()))
            .addModule(new ChangeModule())
            .addModule(new SharedSpecs())
            .addModule(new SensitiveModule(false))
            .build();
    private static final ObjectMapper JSON = configure(JsonMapper.builder(JsonFactory.builder()
                    .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
                    .build()))
            .enable(SerializationFeature.INDENT_OUTPUT)
            .addModule(new SensitiveModule(true))
            .build();

    private Codec() {}

    /** A record, or a list or map of records, as CBOR. */
    public static byte[] toBytes(Object value) {
        try {
            return CBOR.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new SkepException(
                    ErrorCode.FAILED,
                    "cannot encode " + value.getClass().getSimpleName() + ": " + e.getOriginalMessage(),
                    e);
        }
    }

    /**
     * The record that {@link #toBytes} wrote.
     *
     * @throws SkepException {@code CORRUPT} when the bytes are not one
     */
    public static <T> T fromBytes(byte[] bytes, Class<T> type) {
        try {
            return CBOR.readValue(bytes, type);
        } catch (IOException e) {
            throw new SkepException(
                    ErrorCode.CORRUPT, "cannot decode a " + type.getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    /** A record, or a list or map of records, as indented JSON with Docker's names. */
    public static String toJson(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new SkepException(ErrorCode.FAILED, "cannot write as JSON: " + e.getOriginalMessage(), e);
        }
    }

    /**
     * The record that the JSON text states.
     *
     * @throws SkepException {@code INVALID_ARGUMENT} when it does not state one
     */
    public static <T> T fromJson(String json, Class<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new SkepException(
                    ErrorCode.INVALID_ARGUMENT,
                    "not a " + type.getSimpleName() + " in JSON: " + e.getOriginalMessage(),
                    e);
        }
    }

    /** The mapper behind the CBOR methods, for streams of many values; not to be reconfigured. */
    public static ObjectMapper cbor() {
        return CBOR;
    }

    private static <M extends ObjectMapper, B extends MapperBuilder<M, B>> B configure(B builder) {
        return builder.addModule(new Jdk8Module())
                .addModule(new DockerModule())
                .propertyNamingStrategy(new DockerNames())
                .disable(SerializationFeature.CLOSE_CLOSEABLE)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }
}
