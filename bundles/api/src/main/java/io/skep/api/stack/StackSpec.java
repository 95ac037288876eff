package io.skep.api.stack;

import io.skep.model.NetworkSpec;
import io.skep.model.ServiceSpec;
import java.util.List;
import java.util.Map;

/**
 * What a stack consists of. Every name carries the stack's prefix ({@code stack_name}) and every object the label {@link #LABEL}, as Docker does it; external
 * networks are only referred to.
 *
 * @param name the stack's name
 * @param networks to be made, {@code stack_default} among them when a service needs it
 * @param secrets to be made, external ones only referred to
 * @param configs to be made, likewise
 * @param services to be made, their networks, secrets and configs referred to by full names
 */
public record StackSpec(
        String name,
        List<NetworkSpec> networks,
        List<StackData> secrets,
        List<StackData> configs,
        List<ServiceSpec> services) {
    /** The label that every object of a stack carries, with the stack's name. */
    public static final String LABEL = "com.docker.stack.namespace";

    public StackSpec {
        networks = List.copyOf(networks);
        secrets = List.copyOf(secrets);
        configs = List.copyOf(configs);
        services = List.copyOf(services);
    }

    /** One without secrets and configs. */
    public StackSpec(String name, List<NetworkSpec> networks, List<ServiceSpec> services) {
        this(name, networks, List.of(), List.of(), services);
    }

    /** The name of an object in the file of its stack, without the stack's; the name itself for an object of no stack. */
    public static String nameInFile(String name, Map<String, String> labels) {
        String prefix = labels.getOrDefault(LABEL, "") + "_";
        return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    }
}
