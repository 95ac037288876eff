package io.skep.probe;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.PrivilegedAction;
import java.util.List;
import javax.security.auth.Subject;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One command line over one connection. The caller sends the line; the answer is pieces of output, each after its length, then the length 0
 * and the message of the failure, empty when there was none. Who hangs up ends the command.
 */
final class Conversation {
    private static final Logger log = LoggerFactory.getLogger(Conversation.class);
    /** Instead of a command line: report what this node sees, see {@link Sightings}. */
    private static final String WATCH = "probe:watch";

    /** Likewise: report whether this node manages, see {@link Roles}. */
    private static final String ROLE = "probe:role";

    /** Likewise, with the numbers of writers and seconds: load the store, see {@link Load}. */
    private static final String LOAD = "probe:load ";

    private static final List<String> ROLES = List.of("group", "admin", "manager", "viewer", "systembundles", "ssh");

    private final BundleContext context;
    private final SessionFactory shells;
    private final SocketChannel caller;

    Conversation(BundleContext context, SessionFactory shells, SocketChannel caller) {
        this.context = context;
        this.shells = shells;
        this.caller = caller;
    }

    void run() {
        try (caller;
                BufferedReader in = new BufferedReader(Channels.newReader(caller, StandardCharsets.UTF_8));
                DataOutputStream out = new DataOutputStream(Channels.newOutputStream(caller))) {
            String line = in.readLine();
            if (line != null) {
                Thread worker = Thread.currentThread();
                Probe.start("probe-caller", () -> interruptWhenGone(in, worker));
                String failure = Subject.doAs(administrator(), (PrivilegedAction<String>) () -> execute(line, out));
                out.writeInt(0);
                out.writeUTF(failure);
            }
        } catch (IOException e) {
            log.debug("The caller hung up", e);
        }
    }

    private static Subject administrator() {
        Subject subject = new Subject();
        ROLES.forEach(role -> subject.getPrincipals().add(new RolePrincipal(role)));
        return subject;
    }

    /** The caller sends nothing after the line, so whatever ends this read is its end, or the command's. */
    private static void interruptWhenGone(BufferedReader in, Thread worker) {
        try {
            in.read();
        } catch (IOException e) {
            log.debug("The caller is gone", e);
        }
        worker.interrupt();
    }

    private String execute(String line, DataOutputStream caller) {
        PrintStream out = new PrintStream(new Pieces(caller), true, StandardCharsets.UTF_8);
        try {
            if (line.equals(WATCH)) {
                new Sightings(context, out::println).report();
            } else if (line.equals(ROLE)) {
                new Roles(context, out::println).report();
            } else if (line.startsWith(LOAD)) {
                out.println(Load.run(context, line.substring(LOAD.length())));
            } else {
                execute(line, out);
            }
            return "";
        } catch (Exception e) {
            return String.valueOf(e.getMessage());
        } finally {
            out.flush();
        }
    }

    private void execute(String line, PrintStream out) throws Exception {
        try (Session session = shells.create(new ByteArrayInputStream(new byte[0]), out, out)) {
            session.execute(line);
        }
    }

    /** Output that goes to the caller as it comes. */
    private static final class Pieces extends OutputStream {
        private final DataOutputStream caller;

        Pieces(DataOutputStream caller) {
            this.caller = caller;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            if (length > 0) {
                caller.writeInt(length);
                caller.write(bytes, from, length);
            }
        }
    }
}
