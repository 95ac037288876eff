package io.skep.shell.service;

import io.skep.model.ConfigReference;
import io.skep.model.ErrorCode;
import io.skep.model.FileTarget;
import io.skep.model.Mount;
import io.skep.model.NetworkAttachmentConfig;
import io.skep.model.PortConfig;
import io.skep.model.SecretReference;
import io.skep.model.SkepException;
import io.skep.shell.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Options that carry several values, in docker's long form {@code a=b,c=d} and its short ones. */
final class Fields {
    private static final List<String> MOUNT =
            List.of("type", "source", "src", "target", "dst", "destination", "readonly", "ro", "tmpfs-size");
    private static final List<String> PORT = List.of("published", "target", "targetport", "protocol", "mode");

    private static final List<String> LOG_DRIVERS = List.of("json-file", "none");

    private static final List<String> FILE = List.of("source", "src", "target", "uid", "gid", "mode");
    private static final int OCTAL = 8;

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

    /** {@code key}, or {@code source=key,target=/etc/key,uid=1,gid=1,mode=0400}. */
    static SecretReference secret(String text) {
        File file = file("secret", text);
        return new SecretReference(file.target(), file.source(), file.source());
    }

    /** The same of a config. */
    static ConfigReference config(String text) {
        File file = file("config", text);
        return new ConfigReference(file.target(), file.source(), file.source());
    }

    private record File(String source, FileTarget target) {}

    private static File file(String what, String text) {
        Map<String, String> fields = fields(what, text.contains("=") ? text : "source=" + text, FILE);
        String source = either(fields, "source", "src");
        if (source.isEmpty()) {
            throw wrong(what, text, "a source is needed, such as source=key,target=server.key,mode=0400");
        }
        FileTarget usual = FileTarget.named(fields.getOrDefault("target", source));
        try {
            int mode = fields.containsKey("mode") ? Integer.parseInt(fields.get("mode"), OCTAL) : usual.mode();
            return new File(
                    source,
                    new FileTarget(
                            usual.name(),
                            fields.getOrDefault("uid", usual.uid()),
                            fields.getOrDefault("gid", usual.gid()),
                            mode));
        } catch (NumberFormatException e) {
            throw wrong(what, text, "its mode must be octal, such as 0400");
        }
    }

    /** {@code back}, or {@code name=back,alias=db,alias=store}. */
    static NetworkAttachmentConfig network(String text) {
        if (!text.contains("=")) {
            return new NetworkAttachmentConfig(text, List.of());
        }
        String name = "";
        List<String> aliases = new ArrayList<>();
        for (String field : text.split(",", -1)) {
            String[] parts = field.split("=", 2);
            switch (parts.length == 2 ? parts[0] : "") {
                case "name" -> name = parts[1];
                case "alias" -> aliases.add(parts[1]);
                default -> throw wrong("network", text, "give it as back, or as name=back,alias=db");
            }
        }
        if (name.isEmpty()) {
            throw wrong("network", text, "a name is needed, such as name=back,alias=db");
        }
        return new NetworkAttachmentConfig(name, aliases);
    }

    /** {@code name:address}, by name. */
    static Map<String, String> hosts(List<String> texts) {
        Map<String, String> hosts = new TreeMap<>();
        for (String text : texts) {
            String[] parts = text.split("[:=]", 2);
            if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
                throw wrong("host", text, "give it as name:address, such as db:10.0.0.7");
            }
            hosts.put(parts[0], parts[1]);
        }
        return hosts;
    }

    /** The names of hosts, with or without their addresses. */
    static List<String> hostNames(List<String> texts) {
        return texts.stream().map(text -> text.split("[:=]", 2)[0]).toList();
    }

    /** {@code spread=node.labels.zone}, less what they all begin with. */
    static List<String> preferences(List<String> texts) {
        return texts.stream().map(text -> text.replaceFirst("^spread=", "")).toList();
    }

    /** {@code json-file} or {@code none}. */
    static String logDriver(String text) {
        if (!LOG_DRIVERS.contains(text)) {
            throw wrong("log driver", text, "there are " + String.join(", ", LOG_DRIVERS));
        }
        return text;
    }

    /** {@code max-size=10m} and {@code max-file=3}. */
    static Map<String, String> logOptions(List<String> texts) {
        Map<String, String> options = Texts.pairs(texts);
        options.forEach((name, value) -> {
            String text = name + "=" + value;
            switch (name) {
                case "max-size" -> {
                    if (!value.matches("[0-9]{1,12}[kmg]?")) {
                        throw wrong("log option", text, "give a size, such as max-size=10m");
                    }
                }
                case "max-file" -> {
                    if (!value.matches("[1-9][0-9]{0,3}")) {
                        throw wrong("log option", text, "give a number of files, such as max-file=3");
                    }
                }
                default -> throw wrong("log option", text, "there are max-size and max-file");
            }
        });
        return options;
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
