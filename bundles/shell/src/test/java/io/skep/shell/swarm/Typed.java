package io.skep.shell.swarm;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.skep.shell.Parts;
import io.skep.shell.SwarmCommand;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.apache.karaf.shell.api.console.Session;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import picocli.CommandLine;

/** A command typed where there are some services and nothing else. */
final class Typed {
    private final Map<ServiceReference<?>, Object> services = new LinkedHashMap<>();
    private final Map<Class<?>, ServiceReference<?>> references = new LinkedHashMap<>();

    /** With one more service, of which some methods are asked. */
    <S> Typed with(Class<S> type, BiFunction<String, Object[], @Nullable Object> methods) {
        ServiceReference<?> reference = proxy(ServiceReference.class, (method, args) -> false);
        references.put(type, reference);
        services.put(reference, proxy(type, methods));
        return this;
    }

    /** Runs it; what it prints, for people or for a pipe. */
    String run(SwarmCommand command, String... words) throws InterruptedException {
        new CommandLine(command).parseArgs(words);
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, true, UTF_8)) {
            System.setOut(out);
            Session session = proxy(Session.class, (method, args) -> out);
            command.run(new Parts(proxy(BundleContext.class, this::answer), Map.of()), session);
        } finally {
            System.setOut(before);
        }
        return bytes.toString(UTF_8);
    }

    private @Nullable Object answer(String method, Object[] args) {
        return switch (method) {
            case "getServiceReference" -> references.get(args[0]);
            case "getService" -> services.get(args[0]);
            case "getBundles" -> new Bundle[0];
            default -> true;
        };
    }

    private static <T> T proxy(Class<T> type, BiFunction<String, Object[], @Nullable Object> methods) {
        Object[] none = {};
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> switch (method.getName()) {
                    case "hashCode" -> System.identityHashCode(self);
                    case "equals" -> self == args[0];
                    default ->
                        methods.apply(
                                method.getName(), Optional.ofNullable(args).orElse(none));
                }));
    }
}
