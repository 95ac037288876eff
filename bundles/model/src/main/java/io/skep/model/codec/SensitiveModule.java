package io.skep.model.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.skep.model.Sensitive;
import java.io.IOException;

/** Writes a {@link Sensitive} as its text for machines, and hides it from people. */
final class SensitiveModule extends SimpleModule {
    private static final long serialVersionUID = 1L;

    SensitiveModule(boolean hidden) {
        super("sensitive");
        addSerializer(new Writer(hidden));
        addDeserializer(Sensitive.class, new Reader());
    }

    private static final class Writer extends StdSerializer<Sensitive> {
        private static final long serialVersionUID = 1L;
        private final boolean hidden;

        Writer(boolean hidden) {
            super(Sensitive.class);
            this.hidden = hidden;
        }

        @Override
        public void serialize(Sensitive value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(hidden ? value.toString() : value.value());
        }
    }

    private static final class Reader extends StdDeserializer<Sensitive> {
        private static final long serialVersionUID = 1L;

        Reader() {
            super(Sensitive.class);
        }

        @Override
        public Sensitive deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return new Sensitive(in.getText());
        }
    }
}
