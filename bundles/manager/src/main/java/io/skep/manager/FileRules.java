package io.skep.manager;

import io.skep.model.ConfigReference;
import io.skep.model.ContainerSpec;
import io.skep.model.ErrorCode;
import io.skep.model.FileTarget;
import io.skep.model.SecretReference;
import io.skep.model.SkepException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which secrets and configs a container may have, and where; pure. */
final class FileRules {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final int MODES = 07777;

    private FileRules() {}

    static void check(ContainerSpec container) {
        Set<String> targets = new HashSet<>();
        for (SecretReference secret : container.secrets()) {
            check("secret " + secret.secretName(), "/run/secrets/", secret.file(), targets);
        }
        for (ConfigReference config : container.configs()) {
            check("config " + config.configName(), "/", config.file(), targets);
        }
    }

    private static void check(String what, String folder, FileTarget file, Set<String> targets) {
        String target = file.name().startsWith("/") ? file.name() : folder + file.name();
        List<String> parts = Stream.of(target.split("/", -1)).skip(1).toList();
        if (parts.stream().anyMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."))) {
            throw wrong("the target '" + file.name() + "' of " + what + " is no path of a file");
        }
        if (!targets.add(target)) {
            throw wrong(what + " has a conflicting target: " + target + " is named twice");
        }
        if (!NUMBER.matcher(file.uid()).matches() || !NUMBER.matcher(file.gid()).matches()) {
            throw wrong("owner and group of " + what + " must be numbers");
        }
        if (file.mode() < 0 || file.mode() > MODES) {
            throw wrong("the mode of " + what + " must be between 0 and 7777");
        }
    }

    private static SkepException wrong(String message) {
        return new SkepException(ErrorCode.INVALID_ARGUMENT, message);
    }
}
