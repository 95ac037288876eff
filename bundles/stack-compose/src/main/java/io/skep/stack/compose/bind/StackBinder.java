package io.skep.stack.compose.bind;

import io.skep.api.stack.StackSource;
import io.skep.api.stack.StackSpec;
import io.skep.model.NetworkSpec;
import io.skep.model.ServiceSpec;
import io.skep.stack.compose.tree.Findings;
import io.skep.stack.compose.tree.Node;
import io.skep.stack.compose.tree.Node.Entry;
import io.skep.stack.compose.tree.Node.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The whole file to a stack. */
public final class StackBinder {
    private final Scope scope;
    private final Values values;

    public StackBinder(StackSource source, Findings findings) {
        this.values = new Values(findings);
        this.scope = new Scope(source, values);
    }

    /** The stack; of use only when there was no error. */
    public StackSpec bind(Node root) {
        Fields fields = new Fields(root, values);
        header(fields);
        Networks networks = new Networks(scope, section(fields, "networks"));
        Volumes volumes = new Volumes(scope, section(fields, "volumes"));
        StoredFiles secrets = new StoredFiles(scope, "secrets", section(fields, "secrets"));
        StoredFiles configs = new StoredFiles(scope, "configs", section(fields, "configs"));
        ServiceBinder binder =
                new ServiceBinder(scope, networks, new ContainerBinder(scope, volumes, secrets, configs));
        List<ServiceSpec> services = new ArrayList<>();
        List<Entry> entries = services(fields);
        fields.finish();
        entries.forEach(entry -> services.add(binder.bind(entry)));
        List<NetworkSpec> made = networks.toBeMade();
        return new StackSpec(scope.source().name(), made, secrets.toBeMade(), configs.toBeMade(), services);
    }

    private void header(Fields fields) {
        fields.take("version");
        fields.take("name", values::text)
                .filter(name -> !name.equals(scope.source().name()))
                .ifPresent(name -> fields.ignore(
                        "name", "the stack is deployed as " + scope.source().name()));
        fields.refuse("include", "is not supported; give the other files on the command line");
    }

    private List<Entry> services(Fields fields) {
        List<Entry> services = section(fields, "services");
        if (services.isEmpty()) {
            values.findings().error(fields.place(), "there is no service; write them under \"services\"");
        }
        return services;
    }

    private List<Entry> section(Fields fields, String key) {
        Optional<Node> node = fields.take(key);
        return node.map(found -> new Mapping(found.place(), values.entries(found)))
                .map(mapping -> mapping.entries().stream()
                        .filter(entry -> !entry.isExtension())
                        .toList())
                .orElse(List.of());
    }
}
