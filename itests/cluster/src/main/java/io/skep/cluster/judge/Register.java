package io.skep.cluster.judge;

import java.util.Optional;

/** An object that holds one value. A read answers the value, a write what it wrote. */
public final class Register implements Model<String, Register.Call, String> {
    /** A read. */
    public static final Call READ = new Call("");

    /**
     * A read, or a write of a value.
     *
     * @param value to write; empty to read
     */
    public record Call(String value) {
        @Override
        public String toString() {
            return value.isEmpty() ? "read" : "write " + value;
        }
    }

    /** A write. */
    public static Call write(String value) {
        return new Call(value);
    }

    @Override
    public String initial() {
        return "";
    }

    @Override
    public Optional<String> next(String state, Call call, Optional<String> answer) {
        String next = call.equals(READ) ? state : call.value();
        return answer.map(next::equals).orElse(true) ? Optional.of(next) : Optional.empty();
    }
}
