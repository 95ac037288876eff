package io.skep.stack.compose.tree;

import com.fasterxml.jackson.core.JsonToken;
import io.skep.stack.compose.tree.Node.Scalar.Kind;
import java.util.regex.Pattern;

/**
 * What a scalar is. Jackson reads YAML 1.1, in which {@code yes} is a boolean and {@code 22:22} may be a number; people who write stack files know the
 * YAML of Docker, where both are text.
 */
final class ScalarKinds {
    private static final Pattern BOOLEAN = Pattern.compile("true|True|TRUE|false|False|FALSE");
    private static final Pattern INTEGER = Pattern.compile("[-+]?(0|[1-9][0-9_]*|0o?[0-7_]+|0x[0-9a-fA-F_]+|0b[01_]+)");
    private static final Pattern DECIMAL = Pattern.compile(
            "[-+]?(\\.[0-9]+|[0-9][0-9_]*(\\.[0-9_]*)?)([eE][-+]?[0-9]+)?|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

    private ScalarKinds() {}

    static Kind of(JsonToken token, String text, boolean visible) {
        return switch (token) {
            case VALUE_NULL -> Kind.NULL;
            case VALUE_TRUE, VALUE_FALSE -> BOOLEAN.matcher(text).matches() ? Kind.BOOLEAN : Kind.TEXT;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(text);
            default -> text.isEmpty() && !visible ? Kind.NULL : Kind.TEXT;
        };
    }

    private static Kind number(String text) {
        if (INTEGER.matcher(text).matches()) {
            return Kind.INTEGER;
        }
        return DECIMAL.matcher(text).matches() ? Kind.DECIMAL : Kind.TEXT;
    }
}
