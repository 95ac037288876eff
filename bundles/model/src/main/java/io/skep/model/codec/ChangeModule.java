package io.skep.model.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.skep.model.table.Change;
import io.skep.model.table.Row;
import io.skep.model.table.Table;
import java.io.IOException;

/** Changes as arrays: {@code [kind, table, expected, row or id]}. */
final class ChangeModule extends SimpleModule {
    private static final long serialVersionUID = 1L;
    private static final int PUT = 0;
    private static final int REMOVE = 1;
    private static final int CHECK = 2;

    ChangeModule() {
        super("changes");
        addSerializer(new ChangeWriter());
        addDeserializer(Change.class, new ChangeReader());
    }

    private static final class ChangeWriter extends StdSerializer<Change> {
        private static final long serialVersionUID = 1L;

        ChangeWriter() {
            super(Change.class);
        }

        @Override
        public void serialize(Change change, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeStartArray();
            out.writeNumber(change instanceof Change.Put ? PUT : change instanceof Change.Remove ? REMOVE : CHECK);
            out.writeString(change.table().name());
            out.writeNumber(change.expected());
            if (change instanceof Change.Put<?> put) {
                provider.defaultSerializeValue(put.row(), out);
            } else {
                out.writeString(change.id());
            }
            out.writeEndArray();
        }
    }

    private static final class ChangeReader extends StdDeserializer<Change> {
        private static final long serialVersionUID = 1L;

        ChangeReader() {
            super(Change.class);
        }

        @Override
        public Change deserialize(JsonParser in, DeserializationContext context) throws IOException {
            int kind = in.nextIntValue(-1);
            Table<?> table = Table.named(in.nextTextValue());
            long expected = in.nextLongValue(Change.ANY);
            in.nextToken();
            Change change = read(kind, table, expected, in, context);
            if (in.nextToken() != JsonToken.END_ARRAY) {
                return context.reportInputMismatch(this, "a change has four parts");
            }
            return change;
        }

        private static <R extends Row> Change read(
                int kind, Table<R> table, long expected, JsonParser in, DeserializationContext context)
                throws IOException {
            return switch (kind) {
                case PUT -> new Change.Put<>(table, context.readValue(in, table.type()), expected);
                case REMOVE -> new Change.Remove(table, in.getText(), expected);
                case CHECK -> new Change.Check(table, in.getText(), expected);
                default -> throw new IOException("no change of kind " + kind);
            };
        }
    }
}
