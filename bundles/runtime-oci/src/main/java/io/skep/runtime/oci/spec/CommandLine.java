package io.skep.runtime.oci.spec;

import io.skep.api.runtime.ContainerConfig;
import io.skep.api.runtime.ImageConfig;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a container executes and in which environment, by the rules that users of Docker know. */
public final class CommandLine {
    private static final String PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private CommandLine() {}

    /**
     * The entrypoint followed by the command. Replacing the entrypoint drops the image's command; arguments replace the
     * command alone.
     */
    public static List<String> arguments(ImageConfig image, ContainerConfig config) {
        List<String> all = new ArrayList<>(config.entrypoint().orElse(image.entrypoint()));
        boolean imageCommand =
                config.arguments().isEmpty() && config.entrypoint().isEmpty();
        all.addAll(imageCommand ? image.command() : config.arguments());
        if (all.isEmpty() || all.get(0).isEmpty()) {
            throw new SkepException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the image " + config.image() + " names no command to run; give the service one");
        }
        return List.copyOf(all);
    }

    /** The image's variables, overlaid by the container's; a name without a value removes the variable. */
    public static List<String> environment(ImageConfig image, ContainerConfig config, String hostname) {
        Map<String, String> variables = new LinkedHashMap<>();
        put(variables, PATH);
        put(variables, "HOSTNAME=" + hostname);
        image.env().forEach(variable -> put(variables, variable));
        config.env().forEach(variable -> put(variables, variable));
        return variables.entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .toList();
    }

    private static void put(Map<String, String> variables, String variable) {
        int equals = variable.indexOf('=');
        if (equals < 0) {
            variables.remove(variable);
        } else {
            variables.put(variable.substring(0, equals), variable.substring(equals + 1));
        }
    }

    /** The directory the command starts in. */
    public static String workingDirectory(ImageConfig image, ContainerConfig config) {
        String directory = config.workingDirectory().orElse(image.workingDirectory());
        if (directory.isEmpty()) {
            return "/";
        }
        if (!directory.startsWith("/")) {
            throw new SkepException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the working directory " + directory + " is relative; give an absolute path");
        }
        return directory;
    }

    /** The signal that asks the container to end, as {@code SIG…}. */
    public static String stopSignal(ImageConfig image, ContainerConfig config) {
        String signal = config.stopSignal().orElse(image.stopSignal()).toUpperCase(java.util.Locale.ROOT);
        if (signal.isEmpty()) {
            return "SIGTERM";
        }
        return signal.startsWith("SIG") || Character.isDigit(signal.charAt(0)) ? signal : "SIG" + signal;
    }

    /** The user that the command runs as, as written by people. */
    public static String user(ImageConfig image, ContainerConfig config) {
        return config.user().orElse(image.user());
    }
}
