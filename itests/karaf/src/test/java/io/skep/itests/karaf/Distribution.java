package io.skep.itests.karaf;

import static org.ops4j.pax.exam.CoreOptions.systemTimeout;
import static org.ops4j.pax.exam.CoreOptions.vmOptions;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.configureConsole;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.keepRuntimeFolder;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.logLevel;

import java.io.File;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.karaf.options.LogLevelOption.LogLevel;

/** The assembled distribution as Pax Exam boots it: with the JVM flags of its own start script, and ports of its own. */
final class Distribution {
    private static final String KARAF_VERSION = "4.4.10";
    /** Where the shell listens, on loopback. */
    static final String SSH_PORT = "18199";

    private static final String LOCAL_REPOSITORY = "org.ops4j.pax.url.mvn.localRepository";

    private Distribution() {}

    /**
     * The options that boot it.
     *
     * @param more what a test adds
     */
    static Option[] boot(Option... more) {
        // Pax Exam passes the standard input on to the container, and so takes Surefire's words, the last of which this
        // JVM waits for.
        System.setIn(InputStream.nullInputStream());
        return Stream.concat(Stream.of(common()), Stream.of(more)).toArray(Option[]::new);
    }

    private static Option[] common() {
        String archive = System.getProperty("skep.distribution", "");
        return new Option[] {
            karafDistributionConfiguration()
                    .frameworkUrl(Path.of(archive).toUri().toString())
                    .karafVersion(KARAF_VERSION)
                    .name("Skep")
                    .unpackDirectory(new File("target/exam"))
                    .useDeployFolder(false),
            keepRuntimeFolder(),
            systemTimeout(60_000),
            configureConsole().ignoreLocalConsole(),
            logLevel(LogLevel.INFO),
            editConfigurationFilePut("etc/org.apache.karaf.shell.cfg", "sshPort", SSH_PORT),
            // Pax Exam stops the container through this port, which the distribution keeps shut
            editConfigurationFilePut("etc/custom.properties", "karaf.shutdown.port", "0"),
            // Pax Exam's own bundles come from the build's local repository; the distribution names none
            editConfigurationFilePut(
                    "etc/org.ops4j.pax.url.mvn.cfg", LOCAL_REPOSITORY, System.getProperty(LOCAL_REPOSITORY, "")),
            jvm(),
        };
    }

    private static Option jvm() {
        return vmOptions(
                "-Djava.security.manager=allow",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "--add-opens=java.base/java.security=ALL-UNNAMED",
                "--add-opens=java.base/java.net=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
                "--add-exports=java.base/sun.net.www.protocol.file=ALL-UNNAMED",
                "--add-exports=java.base/sun.net.www.protocol.http=ALL-UNNAMED",
                "--add-exports=java.base/sun.net.www.protocol.https=ALL-UNNAMED",
                "--add-exports=java.base/sun.net.www.protocol.jar=ALL-UNNAMED",
                "--add-exports=java.base/sun.net.www.content.text=ALL-UNNAMED",
                "-classpath",
                "lib/jdk9plus/*" + File.pathSeparator + "lib/boot/*");
    }
}
