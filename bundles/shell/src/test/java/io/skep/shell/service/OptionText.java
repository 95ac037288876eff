package io.skep.shell.service;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Option;

/** Options as a user types them, one a line, set as the shell does. */
final class OptionText {
    private OptionText() {}

    static ServiceCreate parse(List<String> lines) {
        ServiceCreate command = new ServiceCreate();
        for (String line : lines) {
            String[] words = line.split(" ", 2);
            set(command, words[0], words.length == 2 ? words[1] : "");
        }
        return command;
    }

    private static void set(SpecOptions command, String name, String value) {
        Field field = Arrays.stream(SpecOptions.class.getDeclaredFields())
                .filter(one -> Optional.ofNullable(one.getAnnotation(Option.class))
                        .filter(option -> option.name().equals(name)
                                || Arrays.asList(option.aliases()).contains(name))
                        .isPresent())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no option " + name));
        try {
            if (field.getType() == List.class) {
                List<?> before = (List<?>) field.get(command);
                List.class.getMethod("add", Object.class).invoke(before, value);
            } else if (field.getType() == String.class) {
                field.set(command, value);
            } else if (field.getType() == boolean.class) {
                field.set(command, true);
            } else {
                field.set(
                        command, field.getType() != long.class ? (Object) Integer.valueOf(value) : Long.valueOf(value));
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
