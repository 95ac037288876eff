package io.skep.itests.karaf;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/** The parts of a node that can be swapped, and the command that cannot do without each. */
enum Part {
    RUNTIME("runtime-oci", "swarm:image-ls"),
    SCHEDULER("scheduler", "swarm:strategy-ls"),
    PARSER("stack-compose", "swarm:stack-config -c " + BusyboxImage.STACK),
    GOSSIP("gossip-atomix", ""),
    CONSENSUS("consensus-atomix", "swarm:service-ls");

    private final String artifact;
    private final String needing;

    Part(String artifact, String needing) {
        this.artifact = artifact;
        this.needing = needing;
    }

    /** The bundle's symbolic name. */
    String symbolicName() {
        return "io.skep." + artifact;
    }

    /** A command that needs the part; empty when there is none, as what gossip tells is only frozen while it is away. */
    String needing() {
        return needing;
    }

    Bundle bundle(BundleContext context) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> symbolicName().equals(bundle.getSymbolicName()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(symbolicName() + " is not installed"));
    }

    /** Gives the bundle a new class loader, from the same jar. */
    void update(BundleContext context) throws IOException, BundleException {
        try (InputStream in = Files.newInputStream(jar())) {
            bundle(context).update(in);
        }
    }

    private Path jar() throws IOException {
        Path folder = Path.of(System.getProperty("karaf.home", ""), "system", "io", "skep", artifact);
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("the distribution has no jar in " + folder));
        }
    }
}
