package io.skep.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skep.api.store.Applied;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.model.table.Snapshot;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceReference;

/** Whom commands ask, and that one which waits for what the cluster does does not wait for a part that has gone. */
class PartsTest {
    private final List<ServiceListener> listeners = new ArrayList<>();
    private final List<String> happened = new ArrayList<>();
    private final ServiceReference<?> reference = proxy(ServiceReference.class, Optional.empty());
    private Optional<String> service = Optional.of("service");

    private static <T> T proxy(Class<T> type, Optional<PartsTest> test) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> test.map(
                                one -> one.answer(method.getName(), args))
                        .orElse(null)));
    }

    private @Nullable Object answer(String method, Object[] args) {
        return switch (method) {
            case "getServiceReference" -> service.isPresent() && args[0] == String.class ? reference : null;
            case "getServiceReferences" -> args[1].equals("(engine=here)") ? List.of(reference) : List.of();
            case "getBundles" -> new Bundle[0];
            case "getService" -> service.orElse(null);
            case "addServiceListener" -> listeners.add((ServiceListener) args[0]);
            case "removeServiceListener" -> listeners.remove((ServiceListener) args[0]);
            default -> true;
        };
    }

    private Parts parts(Map<Class<?>, String> targets) {
        return new Parts(proxy(BundleContext.class, Optional.of(this)), targets);
    }

    private Runnable watch() {
        return parts(Map.of()).whenGone(String.class, "service", () -> happened.add("gone"));
    }

    private void tell(int type) {
        listeners.forEach(listener -> listener.serviceChanged(new ServiceEvent(type, reference)));
    }

    @Test
    void theGoingOfAServiceIsTold() {
        Runnable watch = watch();
        tell(ServiceEvent.MODIFIED);
        assertThat(happened).isEmpty();
        tell(ServiceEvent.UNREGISTERING);
        assertThat(happened).containsExactly("gone");
        watch.run();
        assertThat(listeners).isEmpty();
    }

    @Test
    void aServiceThatHasGoneBeforeIsToldAtOnce() {
        service = Optional.empty();
        watch().run();
        assertThat(happened).containsExactly("gone");
    }

    @Test
    void aServiceThatHasASuccessorAlreadyIsToldAtOnce() {
        service = Optional.of("successor");
        watch().run();
        assertThat(happened).containsExactly("gone");
    }

    @Test
    void ofAnExclusivePartTheConfiguredEngineIsAsked() throws InterruptedException {
        assertThat(parts(Map.of(String.class, "(engine=here)")).<String, String>call(String.class, asked -> asked))
                .isEqualTo("service");
        Parts elsewhere = parts(Map.of(String.class, "(engine=elsewhere)"));
        assertThatThrownBy(() -> elsewhere.call(String.class, asked -> asked))
                .isInstanceOf(SkepException.class)
                .hasMessageContaining("io.skep.shell.cfg asks for (engine=elsewhere)");
    }

    @Test
    void eventsComeInOrderAndEnd() throws InterruptedException {
        Events events = new Events();
        assertThat(events.poll(Duration.ZERO)).isEmpty();
        Applied first = new Applied(Snapshot.empty(), List.of());
        events.add(first);
        events.add(first);
        events.end();
        assertThat(events.take()).isSameAs(first);
        assertThat(events.poll(Duration.ofSeconds(9))).containsSame(first);
        assertThatThrownBy(events::take).isInstanceOfSatisfying(SkepException.class, e -> assertThat(e.code())
                .isEqualTo(ErrorCode.PART_MISSING));
    }
}
