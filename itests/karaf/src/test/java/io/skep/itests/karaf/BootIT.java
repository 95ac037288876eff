package io.skep.itests.karaf;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.Arrays;
import java.util.List;
import javax.inject.Inject;
import org.apache.karaf.features.BootFinished;
import org.apache.karaf.features.FeaturesService;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** The distribution boots as it is: every feature resolves, every bundle of Skep runs, and a command line answers. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public final class BootIT {
    @Inject
    private BundleContext context;

    @Inject
    private FeaturesService features;

    @Inject
    private SessionFactory sessions;

    @Inject
    private BootFinished finished;

    @Configuration
    public Option[] configuration() {
        return Distribution.boot();
    }

    @Test
    public void everyFeatureOfSkepIsInstalled() throws Exception {
        List<String> missing = Arrays.stream(features.listFeatures())
                .filter(feature -> feature.getName().startsWith("skep-") && !features.isInstalled(feature))
                .map(feature -> feature.getName())
                .toList();
        assertEquals("features that are not installed, after " + finished, List.of(), missing);
    }

    @Test
    public void everyBundleOfSkepIsActive() {
        List<String> idle = Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().startsWith("io.skep."))
                .filter(bundle -> bundle.getState() != Bundle.ACTIVE)
                .map(Bundle::getSymbolicName)
                .toList();
        assertEquals("bundles that are not active", List.of(), idle);
    }

    @Test
    public void aCommandLineAnswers() {
        String output = new CommandLine(sessions).run("shell:echo here");
        assertTrue(output, output.contains("here"));
    }

    @Test
    public void aPipeTakesWhatACommandPrints() {
        List<String> lines =
                new CommandLine(sessions).run("swarm:info | grep Swarm").lines().toList();
        assertEquals(lines.toString(), 1, lines.size());
        assertTrue(lines.toString(), lines.get(0).contains("inactive"));
    }

    @Test
    public void anOptionMayFollowAnArgument() {
        String failure = new CommandLine(sessions)
                .ending("swarm:network-create back --internal")
                .failure();
        assertTrue(failure, failure.contains("swarm:init"));
    }
}
