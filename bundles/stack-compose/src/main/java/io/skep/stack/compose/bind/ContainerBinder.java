package io.skep.stack.compose.bind;

import io.skep.model.ConfigReference;
import io.skep.model.ContainerSpec;
import io.skep.model.Mount;
import io.skep.model.SecretReference;
import io.skep.stack.compose.tree.Node;
import io.skep.stack.compose.tree.Node.Entry;
import io.skep.stack.compose.tree.Node.Sequence;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What runs in the tasks of a service. */
final class ContainerBinder {
    private static final Pattern HOST = Pattern.compile("[a-zA-Z0-9]([-a-zA-Z0-9.]{0,61}[a-zA-Z0-9])?");
    private static final Pattern SIGNAL = Pattern.compile("(SIG)?[A-Z][A-Z0-9+-]*|[0-9]{1,2}");
    private static final Pattern ADDRESS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F]*:[0-9a-fA-F:.]+");
    private static final Pattern IMAGE = Pattern.compile("[^\\s]+");

    private final Scope scope;
    private final Values values;
    private final Mounts mounts;
    private final Environment environment;
    private final StoredFiles secrets;
    private final StoredFiles configs;

    ContainerBinder(Scope scope, Volumes volumes, StoredFiles secrets, StoredFiles configs) {
        this.secrets = secrets;
        this.configs = configs;
        this.scope = scope;
        this.values = scope.values();
        this.mounts = new Mounts(scope, volumes);
        this.environment = new Environment(scope);
    }

    ContainerSpec bind(Entry entry, Fields fields) {
        String image = image(entry, fields);
        List<Mount> mounted = mounts.read(fields);
        return new ContainerSpec(
                image,
                fields.take("entrypoint").map(values::command).orElse(List.of()),
                fields.take("command").map(values::command).orElse(List.of()),
                environment.read(fields),
                matching(
                        fields, "working_dir", Pattern.compile("/.*"), "an absolute path in the container is expected"),
                fields.text("user"),
                matching(fields, "hostname", HOST, "a host name of at most 63 letters, digits and hyphens is expected"),
                scope.labelled(new Pairs(values).labels(fields.take("labels"))),
                mounted,
                matching(fields, "stop_signal", SIGNAL, "a signal such as SIGTERM is expected"),
                fields.take("stop_grace_period", values::duration).orElse(ContainerSpec.STANDARD_GRACE),
                fields.flag("read_only"),
                fields.flag("init"),
                hosts(fields.take("extra_hosts")),
                secrets.read(fields, (file, name) -> new SecretReference(file, name, name)),
                configs.read(fields, (file, name) -> new ConfigReference(file, name, name)));
    }

    private String image(Entry entry, Fields fields) {
        String image = matching(fields, "image", IMAGE, "the name of an image without blanks is expected");
        if (fields.take("image").isEmpty()) {
            values.findings()
                    .error(
                            entry.place(),
                            "the service \"" + entry.key() + "\" names no image; write \"image: name:tag\"");
        }
        return image;
    }

    private String matching(Fields fields, String key, Pattern pattern, String expected) {
        Optional<Node> node = fields.take(key);
        Optional<String> text = node.flatMap(values::text);
        if (text.isPresent() && !pattern.matcher(text.get()).matches()) {
            values.wrong(node.get(), expected + " here, not \"" + text.get() + "\"");
        }
        return text.orElse("");
    }

    private Map<String, String> hosts(Optional<Node> node) {
        Map<String, String> hosts = new TreeMap<>();
        if (node.isPresent() && node.get() instanceof Sequence sequence) {
            for (Node item : sequence.items()) {
                values.text(item).ifPresent(text -> host(hosts, item, text));
            }
        } else if (node.isPresent()) {
            for (Entry entry : values.entries(node.get())) {
                values.text(entry.value()).ifPresent(address -> host(hosts, entry.value(), entry.key(), address));
            }
        }
        return hosts;
    }

    private void host(Map<String, String> hosts, Node item, String text) {
        int equals = text.indexOf('=');
        int at = equals < 0 ? text.indexOf(':') : equals;
        if (at < 0) {
            values.wrong(item, "an entry such as name:10.0.0.7 is expected here, not \"" + text + "\"");
        } else {
            host(hosts, item, text.substring(0, at), text.substring(at + 1));
        }
    }

    private void host(Map<String, String> hosts, Node item, String name, String address) {
        String plain =
                address.startsWith("[") && address.endsWith("]") ? address.substring(1, address.length() - 1) : address;
        if (name.isBlank() || !ADDRESS.matcher(plain).matches()) {
            values.wrong(
                    item, "\"" + address + "\" is no IP address for the host \"" + name + "\"; write name:10.0.0.7");
        }
        hosts.put(name, plain);
    }
}
