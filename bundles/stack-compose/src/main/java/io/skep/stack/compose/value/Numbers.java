package io.skep.stack.compose.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;

/** Numbers as YAML writes them, and the text that Docker makes of them where it needs text: {@code 010} becomes 8 and {@code 1.10} becomes 1.1. */
public final class Numbers {
    private static final int LONGEST = 40;
    /** From this power of ten on Go writes an exponent. */
    private static final int EXPONENT_FROM = 6;

    private Numbers() {}

    /** A whole number in decimal, octal, hexadecimal or binary. */
    public static Optional<BigInteger> integer(String text) {
        String digits = text.replace("_", "").toLowerCase(Locale.ROOT);
        boolean negative = digits.startsWith("-");
        if (negative || digits.startsWith("+")) {
            digits = digits.substring(1);
        }
        if (digits.isEmpty() || digits.length() > LONGEST) {
            return Optional.empty();
        }
        return magnitude(digits).map(number -> negative ? number.negate() : number);
    }

    /** A decimal number. */
    public static Optional<BigDecimal> decimal(String text) {
        boolean plain =
                text.length() <= LONGEST && text.matches("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]{1,3})?");
        return plain ? Optional.of(new BigDecimal(text)) : integer(text).map(BigDecimal::new);
    }

    /** The text that Docker makes of a number. */
    public static String text(String number) {
        Optional<BigInteger> integer = integer(number);
        if (integer.isPresent() && integer.get().bitLength() < Long.SIZE) {
            return integer.get().toString();
        }
        return decimal(number.replace("_", "")).map(Numbers::shortest).orElse(number);
    }

    private static Optional<BigInteger> magnitude(String digits) {
        if (digits.startsWith("0x")) {
            return parse(digits.substring(2), "[0-9a-f]+", 16);
        }
        if (digits.startsWith("0b")) {
            return parse(digits.substring(2), "[01]+", 2);
        }
        if (digits.startsWith("0o")) {
            return parse(digits.substring(2), "[0-7]+", 8);
        }
        return digits.matches("0[0-7]+") ? parse(digits, "[0-7]+", 8) : parse(digits, "[0-9]+", 10);
    }

    private static Optional<BigInteger> parse(String digits, String allowed, int radix) {
        return digits.matches(allowed) ? Optional.of(new BigInteger(digits, radix)) : Optional.empty();
    }

    private static String shortest(BigDecimal number) {
        double value = number.doubleValue();
        if (Double.isInfinite(value)) {
            return number.toString();
        }
        BigDecimal digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        int exponent = digits.precision() - digits.scale() - 1;
        if (digits.signum() == 0 || (exponent >= -4 && exponent < EXPONENT_FROM)) {
            return digits.signum() == 0 ? "0" : digits.toPlainString();
        }
        BigDecimal mantissa = digits.movePointLeft(exponent);
        return mantissa.toPlainString()
                + String.format(Locale.ROOT, "e%s%02d", exponent < 0 ? "-" : "+", Math.abs(exponent));
    }
}
