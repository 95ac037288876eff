package io.skep.itests.karaf;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.karaf.shell.api.console.Candidate;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.apache.karaf.shell.support.parsing.DefaultParser;

/** The key that completes what is typed: asks the completers of all registered commands, as Karaf's console does. */
final class Tab {
    private final SessionFactory sessions;

    Tab(SessionFactory sessions) {
        this.sessions = sessions;
    }

    /** What is offered where a line ends. */
    List<String> at(String typed) {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        List<Candidate> candidates = new ArrayList<>();
        try (Session session = sessions.create(new ByteArrayInputStream(new byte[0]), nowhere, nowhere)) {
            CommandLine line = new DefaultParser().parse(session, typed, typed.length());
            for (Command command : session.getRegistry().getCommands()) {
                Completer completer = command.getCompleter(false);
                if (command.getScope().equals("swarm") && completer != null) {
                    completer.completeCandidates(session, line, candidates);
                }
            }
        }
        return candidates.stream().map(Candidate::value).sorted().toList();
    }
}
