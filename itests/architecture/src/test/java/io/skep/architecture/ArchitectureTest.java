package io.skep.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;

@AnalyzeClasses(packages = "io.skep", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    /** Packages that are shared: the hub of the star, and libraries that two runtimes and two engines embed privately. */
    private static final List<String> SHARED =
            List.of("io.skep.api", "io.skep.model", "io.skep.runtime.support", "io.skep.consensus.support");

    private static final String[] PURE = {
        "io.skep.model..", "io.skep.orchestrator..", "io.skep.scheduler..", "io.skep.strategy..", "io.skep.stack.."
    };

    /** Edges to sockets, engines and directories, and the kernel: they may have threads of their own and hand over to the loop. */
    private static final Set<String> EDGES = Set.of(
            "io.skep.kernel",
            "io.skep.consensus.support",
            "io.skep.consensus.atomix",
            "io.skep.consensus.ratis",
            "io.skep.gossip.atomix",
            "io.skep.transport",
            "io.skep.discovery",
            "io.skep.network.linux",
            "io.skep.runtime.support",
            "io.skep.agent.logs",
            "io.skep.shell.service");

    @ArchTest
    static final ArchRule theGraphIsAStar = classes()
            .should(dependOnlyOn(ArchitectureTest::withinTheStar))
            .because("a bundle imports api and model and nothing of another, so that each can be swapped alone");

    @ArchTest
    static final ArchRule modelIsALibrary = noClasses()
            .that()
            .resideInAPackage("io.skep.model..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.skep.api..", "org.osgi.framework..", "org.osgi.service..")
            .because("the model is pure and can be used without a framework");

    @ArchTest
    static final ArchRule pureCodeReadsNoClockAndNoRandomness = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should(callBanned())
            .because(
                    "the same input gives the same decision on every node and in every run: take time and ids from the context");

    @ArchTest
    static final ArchRule threadsAreMadeAtTheEdges = noClasses()
            .that(new DescribedPredicate<>("are not at an edge") {
                @Override
                public boolean test(JavaClass one) {
                    return !EDGES.contains(one.getPackageName());
                }
            })
            .should()
            .callConstructor(Thread.class, Runnable.class)
            .orShould()
            .callConstructor(Thread.class, Runnable.class, String.class)
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.concurrent.Executors")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.concurrent.ThreadPoolExecutor")
            .because("one loop owns the state and Effects has the threads; an edge hands over to the loop");

    @ArchTest
    static final ArchRule nobodyLocks = noMethods()
            .should()
            .haveModifier(JavaModifier.SYNCHRONIZED)
            .because("state belongs to one thread: post an event to its scope");

    @ArchTest
    static final ArchRule nobodySleeps = noClasses()
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .because("a sleep hides a race: wait for the event, or use Scope.after");

    private static boolean withinTheStar(JavaClass from, JavaClass to) {
        String target = to.getPackageName();
        boolean foreign = target.startsWith("io.skep.") && SHARED.stream().noneMatch(shared -> under(target, shared));
        return !foreign || bundle(from.getPackageName()).equals(bundle(target));
    }

    /** The package of the bundle that a package belongs to: of two parts for those that come in several kinds. */
    private static String bundle(String name) {
        String[] parts = name.split("\\.", -1);
        boolean kinds = Set.of("consensus", "gossip", "strategy", "runtime", "network", "stack")
                .contains(parts[2]);
        return parts[2] + (kinds && parts.length > 3 ? "." + parts[3] : "");
    }

    private static boolean under(String name, String parent) {
        return name.equals(parent) || name.startsWith(parent + ".");
    }

    private interface Allowed {
        boolean test(JavaClass from, JavaClass to);
    }

    private static ArchCondition<JavaClass> dependOnlyOn(Allowed allowed) {
        return new ArchCondition<>("depend only on api, model and their own bundle") {
            @Override
            public void check(JavaClass one, ConditionEvents events) {
                one.getDirectDependenciesFromSelf().stream()
                        .filter(dependency ->
                                !allowed.test(one, dependency.getTargetClass().getBaseComponentType()))
                        .forEach(dependency ->
                                events.add(SimpleConditionEvent.violated(one, dependency.getDescription())));
            }
        };
    }

    private static final Set<String> BANNED = Set.of(
            "java.time.Instant.now",
            "java.time.Clock.systemUTC",
            "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime",
            "java.lang.Math.random",
            "java.util.UUID.randomUUID",
            "java.util.Collection.parallelStream",
            "java.util.concurrent.ThreadLocalRandom.current");

    private static ArchCondition<JavaClass> callBanned() {
        return new ArchCondition<>("read a clock or randomness") {
            @Override
            public void check(JavaClass one, ConditionEvents events) {
                for (JavaAccess<?> access : one.getAccessesFromSelf()) {
                    String target = access.getTargetOwner().getFullName() + "."
                            + access.getTarget().getName();
                    if (BANNED.contains(target)) {
                        events.add(SimpleConditionEvent.satisfied(one, access.getDescription()));
                    }
                }
            }
        };
    }
}
