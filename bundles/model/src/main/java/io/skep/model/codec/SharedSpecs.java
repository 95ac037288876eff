package io.skep.model.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.ResolvableDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import com.fasterxml.jackson.databind.ser.ResolvableSerializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.skep.model.TaskSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Writes a {@link TaskSpec} once in a document and then by its number, since thousands of tasks share one: a transaction that creates
 * them stays small, and they share one object again when it is read.
 */
final class SharedSpecs extends SimpleModule {
    private static final long serialVersionUID = 1L;
    private static final String SEEN = SharedSpecs.class.getName();

    SharedSpecs() {
        super("shared-specs");
        setSerializerModifier(new WriterHook());
        setDeserializerModifier(new ReaderHook());
    }

    private static final class WriterHook extends BeanSerializerModifier {
        private static final long serialVersionUID = 1L;

        @Override
        public JsonSerializer<?> modifySerializer(
                SerializationConfig config, BeanDescription bean, JsonSerializer<?> standard) {
            return bean.getBeanClass() == TaskSpec.class ? new Writer(standard) : standard;
        }
    }

    private static final class ReaderHook extends BeanDeserializerModifier {
        private static final long serialVersionUID = 1L;

        @Override
        public JsonDeserializer<?> modifyDeserializer(
                DeserializationConfig config, BeanDescription bean, JsonDeserializer<?> standard) {
            return bean.getBeanClass() == TaskSpec.class ? new Reader(standard) : standard;
        }
    }

    private static final class Writer extends StdSerializer<TaskSpec> implements ResolvableSerializer {
        private static final long serialVersionUID = 1L;
        private final transient JsonSerializer<Object> standard;

        @SuppressWarnings("unchecked") // Jackson hands the serializer of the very type out as of an unknown one
        Writer(JsonSerializer<?> standard) {
            super(TaskSpec.class);
            this.standard = (JsonSerializer<Object>) standard;
        }

        @Override
        public void resolve(SerializerProvider provider) throws JsonMappingException {
            if (standard instanceof ResolvableSerializer resolvable) {
                resolvable.resolve(provider);
            }
        }

        @Override
        public void serialize(TaskSpec spec, JsonGenerator out, SerializerProvider provider) throws IOException {
            Seen seen = provider.getAttribute(SEEN) instanceof Seen known ? known : new Seen();
            provider.setAttribute(SEEN, seen);
            Integer number = seen.numbers.get(spec);
            if (number != null) {
                out.writeNumber(number);
            } else {
                seen.numbers.put(spec, seen.numbers.size());
                standard.serialize(spec, out, provider);
            }
        }
    }

    private static final class Reader extends StdDeserializer<TaskSpec> implements ResolvableDeserializer {
        private static final long serialVersionUID = 1L;
        private final transient JsonDeserializer<?> standard;

        Reader(JsonDeserializer<?> standard) {
            super(TaskSpec.class);
            this.standard = standard;
        }

        @Override
        public void resolve(DeserializationContext context) throws JsonMappingException {
            if (standard instanceof ResolvableDeserializer resolvable) {
                resolvable.resolve(context);
            }
        }

        @Override
        public TaskSpec deserialize(JsonParser in, DeserializationContext context) throws IOException {
            Seen seen = context.getAttribute(SEEN) instanceof Seen known ? known : new Seen();
            context.setAttribute(SEEN, seen);
            if (in.currentToken() == JsonToken.VALUE_NUMBER_INT) {
                return seen.specs.get(in.getIntValue());
            }
            int place = seen.specs.size();
            TaskSpec spec = (TaskSpec) standard.deserialize(in, context);
            seen.specs.add(place, spec);
            return spec;
        }
    }

    /** The specs of the document that is written or read. */
    private static final class Seen {
        final IdentityHashMap<TaskSpec, Integer> numbers = new IdentityHashMap<>();
        final List<TaskSpec> specs = new ArrayList<>();
    }
}
