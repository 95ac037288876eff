package io.skep.shell;

import io.skep.api.identity.LocalManager;
import io.skep.api.identity.LocalNode;
import io.skep.model.SkepException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/** Follows the references of Declarative Services from a missing service down to the part whose absence is the cause. */
final class Diagnosis {
    private static final String PREFIX = "io.skep.";

    /** So says Declarative Services of a component whose only fault is that another could not start. */
    private static final String CONSEQUENCE = "Unable to get service for reference";

    private final BundleContext context;
    private final Set<String> visited = new HashSet<>();

    Diagnosis(BundleContext context) {
        this.context = context;
    }

    /** One sentence: which part is missing, and how to start it. */
    String explain(String type) {
        String cause = cause(type);
        String part = name(cause);
        String need = cause.equals(type) ? "" : ", which " + name(type) + " needs";
        String why = components().stream()
                .filter(component -> Arrays.asList(component.serviceInterfaces).contains(cause))
                .flatMap(this::failures)
                .findFirst()
                .orElseGet(() -> remedy(cause, part));
        return part + " is not running" + need + "; " + why;
    }

    /** What parts said when they could not start. */
    List<String> failures() {
        return components().stream()
                .filter(component -> component.bundle.symbolicName.startsWith(PREFIX))
                .flatMap(
                        component -> failures(component).map(failure -> component.bundle.symbolicName + ": " + failure))
                .sorted()
                .toList();
    }

    private Stream<String> failures(ComponentDescriptionDTO component) {
        return runtime().getComponentConfigurationDTOs(component).stream()
                .filter(configuration -> configuration.state == ComponentConfigurationDTO.FAILED_ACTIVATION)
                .map(configuration -> configuration.failure)
                .filter(trace -> !trace.contains(CONSEQUENCE))
                .map(Diagnosis::reason);
    }

    /** The words for people in a stack trace: those of the innermost exception of Skep's own, or else its first line. */
    static String reason(String trace) {
        String mark = SkepException.class.getName() + ": ";
        return trace.lines()
                .filter(line -> line.contains(mark))
                .map(line -> line.substring(line.indexOf(mark) + mark.length()))
                .reduce((first, second) -> second)
                .orElseGet(() -> trace.lines().findFirst().orElse("it failed to start; see log:display"));
    }

    /** True when the service comes and goes with the node's membership or role. */
    boolean livesInASwarm(String type) {
        return isFor(LocalNode.class, type) || isForManagers(type);
    }

    /** True when only managers have the service. */
    boolean isForManagers(String type) {
        return isFor(LocalManager.class, type);
    }

    private boolean isFor(Class<?> place, String type) {
        visited.clear();
        return type.equals(place.getName()) || cause(type).equals(place.getName());
    }

    private String cause(String type) {
        visited.add(type);
        for (ComponentDescriptionDTO component : components()) {
            if (Arrays.asList(component.serviceInterfaces).contains(type)) {
                Optional<String> missing = unsatisfied(component);
                if (missing.isPresent() && !visited.contains(missing.get())) {
                    return cause(missing.get());
                }
            }
        }
        return type;
    }

    private Optional<String> unsatisfied(ComponentDescriptionDTO component) {
        for (ComponentConfigurationDTO configuration : runtime().getComponentConfigurationDTOs(component)) {
            for (UnsatisfiedReferenceDTO unsatisfied : configuration.unsatisfiedReferences) {
                for (ReferenceDTO reference : component.references) {
                    if (reference.name.equals(unsatisfied.name)) {
                        return Optional.of(reference.interfaceName);
                    }
                }
            }
        }
        return Optional.empty();
    }

    private List<ComponentDescriptionDTO> components() {
        return context.getServiceReference(ServiceComponentRuntime.class) == null
                ? List.of()
                : List.copyOf(runtime().getComponentDescriptionDTOs());
    }

    private ServiceComponentRuntime runtime() {
        ServiceReference<ServiceComponentRuntime> reference =
                context.getServiceReference(ServiceComponentRuntime.class);
        return context.getService(reference);
    }

    /** {@code io.skep.api.consensus.Consensus} is called the consensus. */
    private static String name(String type) {
        String simple = type.substring(type.lastIndexOf('.') + 1);
        return "the " + simple.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }

    private String remedy(String type, String part) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName() != null
                        && bundle.getSymbolicName().startsWith(PREFIX))
                .filter(bundle -> bundle.getState() != Bundle.ACTIVE)
                .filter(bundle -> provides(bundle, type))
                .map(bundle -> "start it with bundle:start " + bundle.getSymbolicName() + " and repeat the command")
                .findFirst()
                .orElse("install a bundle that provides " + part + ", see feature:list and log:display");
    }

    private static boolean provides(Bundle bundle, String type) {
        String capabilities = bundle.getHeaders("").get(Constants.PROVIDE_CAPABILITY);
        return capabilities != null && capabilities.contains(type);
    }
}
