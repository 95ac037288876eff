package io.skep.probe;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.karaf.features.BootFinished;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the command lines of whoever connects to a socket file, each as an administrator's. It begins once all boot features run, and says
 * so with the line {@code probe} in the pipe in which the node says that it is ready.
 */
@Component(service = {})
public final class Probe {
    /** Framework property: the path of the socket; absent where nobody probes. */
    static final String SOCKET = "skep.probe";

    /** Framework property: the pipe of whoever started the node. */
    static final String PIPE = "skep.ready";

    /** The level at which Karaf stops. */
    private static final int LAST_LEVEL = 100;

    private static final Logger log = LoggerFactory.getLogger(Probe.class);

    private final BundleContext context;
    private final SessionFactory shells;
    private final ServerSocketChannel server;
    private final FrameworkListener started = this::began;

    /**
     * Listens, if somebody wants to probe, once all bundles have started: before, commands are missing.
     *
     * @param finished is there from the moment on when all boot features run
     */
    @Activate
    public Probe(BundleContext context, @Reference SessionFactory shells, @Reference BootFinished finished)
            throws IOException {
        this.context = context;
        this.shells = shells;
        this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        if (context.getProperty(SOCKET) == null) {
            return;
        }
        if (allStarted()) {
            listen();
        } else {
            context.addFrameworkListener(started);
        }
    }

    /** The framework itself has started long before Karaf lets it go up to the level of the last bundles. */
    private boolean allStarted() {
        FrameworkStartLevel level =
                context.getBundle(Constants.SYSTEM_BUNDLE_ID).adapt(FrameworkStartLevel.class);
        return level.getStartLevel() >= LAST_LEVEL;
    }

    private void began(FrameworkEvent event) {
        if (event.getType() == FrameworkEvent.STARTLEVEL_CHANGED && allStarted()) {
            try {
                listen();
            } catch (IOException e) {
                log.warn("The probe cannot listen", e);
            }
        }
    }

    private void listen() throws IOException {
        Path socket = Path.of(context.getProperty(SOCKET));
        Files.deleteIfExists(socket);
        server.bind(UnixDomainSocketAddress.of(socket));
        start("probe", this::accept);
        try (RandomAccessFile out = new RandomAccessFile(context.getProperty(PIPE), "rw")) {
            out.write("probe\n".getBytes(StandardCharsets.UTF_8));
        }
    }

    private void accept() {
        try {
            while (true) {
                Conversation conversation = new Conversation(context, shells, server.accept());
                start("probe-command", conversation::run);
            }
        } catch (AsynchronousCloseException e) {
            log.debug("The probe ends", e);
        } catch (IOException e) {
            log.warn("The probe ends: {}", e.getMessage());
        }
    }

    static Thread start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Listens no more; commands that run end by themselves. */
    @Deactivate
    public void stop() throws IOException {
        context.removeFrameworkListener(started);
        server.close();
    }
}
