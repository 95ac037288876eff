package io.skep.identity;

import io.skep.model.NodeRole;
import java.util.Dictionary;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

/** Services in the framework's registry. */
final class FrameworkAnnouncements implements Announcements {
    private final BundleContext context;

    FrameworkAnnouncements(BundleContext context) {
        this.context = context;
    }

    @Override
    public Announced announce(Object service, List<Class<?>> types, NodeRole role) {
        String[] names = types.stream().map(Class::getName).toArray(String[]::new);
        return new Registered(context.registerService(names, service, properties(role)));
    }

    private static Dictionary<String, Object> properties(NodeRole role) {
        return FrameworkUtil.asDictionary(Map.of("role", role.name().toLowerCase(Locale.ROOT)));
    }

    private static final class Registered implements Announced {
        private final ServiceRegistration<?> registration;
        private final AtomicBoolean withdrawn = new AtomicBoolean();

        Registered(ServiceRegistration<?> registration) {
            this.registration = registration;
        }

        @Override
        public void role(NodeRole role) {
            registration.setProperties(properties(role));
        }

        @Override
        public void withdraw() {
            if (withdrawn.compareAndSet(false, true)) {
                registration.unregister();
            }
        }
    }
}
