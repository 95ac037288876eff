package io.skep.shell.service;

import io.skep.model.ErrorCode;
import io.skep.model.Mount;
import io.skep.model.PortConfig;
import io.skep.model.SkepException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Options that carry several values, in docker's long form {@code a=b,c=d} and its short ones. */
final class Fields {
    private static final List<String> MOUNT =
            List.of("type", "source", "src", "target", "dst", "destination", "readonly", "ro", "tmpfs-size");
    private static final List<String> PORT = List.of("published", "target", "targetport", "protocol", "mode");

    private Fields() {}

    /** {@code 8080:80}, {@code 8080:80/udp}, {@code 80}, or {@code published=8080,target=80,protocol=tcp,mode=host}. */
    static PortConfig port(String text) {
        return text.contains("=") ? longPort(text) : shortPort(text);
    }

    /** {@code type=bind,source=/a,target=/b,readonly}; tmpfs takes {@code tmpfs-size} too. */
    static Mount mount(String text) {
        Map<String, String> fields = fields("mount", text, MOUNT);
        String target = either(fields, "target", "dst", "destination");
        if (target.isEmpty()) {
            throw wrong("mount", text, "a target is needed, such as type=volume,source=data,target=/data");
        }
        Mount.Type type =
                switch (fields.getOrDefault("type", "volume")) {
                    case "bind" -> Mount.Type.BIND;
                    case "volume" -> Mount.Type.VOLUME;
                    case "tmpfs" -> Mount.Type.TMPFS;
                    default -> throw wrong("mount", text, "its type must be bind, volume or tmpfs");
                };
        long size = fields.containsKey("tmpfs-size") ? Sizes.bytes(fields.get("tmpfs-size")) : 0;
        return new Mount(
                type, either(fields, "source", "src"), target, flag(either(fields, "readonly", "ro"), text), size, 0);
    }

    /** {@code NAME=value} pairs; a name without a value has the empty one. */
    static Map<String, String> pairs(List<String> texts) {
        Map<String, String> pairs = new TreeMap<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            pairs.put(equals < 0 ? text : text.substring(0, equals), equals < 0 ? "" : text.substring(equals + 1));
        }
        return pairs;
    }

    private static PortConfig shortPort(String text) {
        String[] parts = text.split("/", 2);
        String[] numbers = parts[0].split(":", 2);
        int target = number(numbers[numbers.length - 1], text);
        int published = numbers.length == 2 ? number(numbers[0], text) : 0;
        return new PortConfig(
                "",
                protocol(parts.length == 2 ? parts[1] : "tcp", text),
                target,
                published,
                PortConfig.PublishMode.INGRESS);
    }

    private static PortConfig longPort(String text) {
        Map<String, String> fields = fields("port", text, PORT);
        PortConfig.PublishMode mode =
                switch (fields.getOrDefault("mode", "ingress")) {
                    case "ingress" -> PortConfig.PublishMode.INGRESS;
                    case "host" -> PortConfig.PublishMode.HOST;
                    default -> throw wrong("port", text, "its mode must be ingress or host");
                };
        return new PortConfig(
                "",
                protocol(fields.getOrDefault("protocol", "tcp"), text),
                number(either(fields, "target", "targetport"), text),
                fields.containsKey("published") ? number(fields.get("published"), text) : 0,
                mode);
    }

    private static PortConfig.Protocol protocol(String name, String text) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "tcp" -> PortConfig.Protocol.TCP;
            case "udp" -> PortConfig.Protocol.UDP;
            default -> throw wrong("port", text, "its protocol must be tcp or udp");
        };
    }

    private static int number(String digits, String text) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw wrong("port", text, "give it as published:target, such as 8080:80");
        }
    }

    private static boolean flag(String value, String text) {
        return switch (value) {
            case "true", "1" -> true;
            case "false", "0", "" -> false;
            default -> throw wrong("mount", text, "readonly must be true or false");
        };
    }

    private static Map<String, String> fields(String what, String text, List<String> known) {
        Map<String, String> fields = new TreeMap<>();
        for (String field : text.split(",", -1)) {
            int equals = field.indexOf('=');
            String name =
                    (equals < 0 ? field : field.substring(0, equals)).strip().toLowerCase(Locale.ROOT);
            if (!known.contains(name)) {
                throw wrong(what, text, "there is no field '" + name + "', only " + String.join(", ", known));
            }
            fields.put(name, equals < 0 ? "true" : field.substring(equals + 1).strip());
        }
        return fields;
    }

    private static String either(Map<String, String> fields, String... names) {
        for (String name : names) {
            String value = fields.get(name);
            if (value != null) {
                return value;
            }
        }
        return "";
    }

    private static SkepException wrong(String what, String text, String remedy) {
        return new SkepException(ErrorCode.INVALID_ARGUMENT, what + " '" + text + "' is not understood: " + remedy);
    }
}
