package io.skep.consensus.atomix;

import java.lang.reflect.Field;

/** A private field of Atomix to which there is no other way. */
final class Inside {
    private Inside() {}

    static Field field(Class<?> type, String name) {
        try {
            Field field = type.getDeclaredField(name);
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException otherVersion) {
            throw changed(otherVersion);
        }
    }

    static Object value(Field field, Object of) {
        try {
            return field.get(of);
        } catch (IllegalAccessException impossible) {
            throw changed(impossible);
        }
    }

    private static IllegalStateException changed(ReflectiveOperationException cause) {
        return new IllegalStateException("Atomix's log is another than the one that this was written for", cause);
    }
}
