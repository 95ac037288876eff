package io.skep.readiness;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import org.apache.karaf.features.BootFinished;
import org.apache.sshd.server.SshServer;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says "ready" through the pipe that the starter named, once all features run and the shell is about to listen. */
@Component(service = {})
public final class Readiness {
    /** Framework property: the path of the pipe; absent when nobody waits. */
    static final String PIPE = "skep.ready";

    private static final Logger log = LoggerFactory.getLogger(Readiness.class);

    /**
     * Tells the starter, if one waits.
     *
     * @param context gives the path of the pipe
     * @param finished is there from the moment on when all boot features run
     * @param shell is there just before the shell listens, which Karaf lets come last
     */
    @Activate
    public Readiness(BundleContext context, @Reference BootFinished finished, @Reference SshServer shell) {
        String pipe = context.getProperty(PIPE);
        if (pipe != null && !pipe.isEmpty()) {
            tell(pipe);
        }
    }

    private static void tell(String pipe) {
        // Opened for reading too: opening a pipe for writing alone would block for ever if the starter has gone.
        try (RandomAccessFile out = new RandomAccessFile(pipe, "rw")) {
            out.write("ready\n".getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            log.warn("Nobody could be told at {} that the node is up: {}", pipe, e.getMessage());
        }
    }
}
