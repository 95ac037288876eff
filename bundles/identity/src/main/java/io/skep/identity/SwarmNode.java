package io.skep.identity;

import io.skep.api.identity.Credentials;
import io.skep.api.identity.Enrolment.Issued;
import io.skep.api.identity.Founding;
import io.skep.api.identity.LocalNode;
import io.skep.api.identity.Subscription;
import io.skep.api.identity.SwarmFacts;
import io.skep.identity.ca.CertificateName;
import io.skep.identity.ca.Pem;
import io.skep.model.ErrorCode;
import io.skep.model.NodeRole;
import io.skep.model.Sensitive;
import io.skep.model.SkepException;
import io.skep.model.UnlockKey;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * The {@link LocalNode}: what it answers is in memory, and whatever changes is on disk before it is answered. One writer at a time, readers never wait.
 */
final class SwarmNode implements LocalNode {
    private final NodeFile file;
    private final StateDirectory directory;
    private final SecretsFile secretsFile;
    private final Turn writing = new Turn();
    private final Set<Listening> listeners = ConcurrentHashMap.newKeySet();
    private volatile State state;
    private volatile Optional<UnlockKey> lock;
    private volatile Optional<String> trouble = Optional.empty();
    private volatile boolean retired;

    SwarmNode(
            NodeFile file,
            Secrets secrets,
            Optional<UnlockKey> lock,
            StateDirectory directory,
            SecretsFile secretsFile) {
        this.file = file;
        this.directory = directory;
        this.secretsFile = secretsFile;
        this.lock = lock;
        state = State.of(secrets);
    }

    /**
     * Everything that changes, as one value.
     *
     * @param secrets as they are on disk
     * @param credentials read from them
     * @param role of the certificate
     */
    private record State(Secrets secrets, Credentials credentials, NodeRole role) {
        static State of(Secrets secrets) {
            List<X509Certificate> chain = Pem.certificates(secrets.certificate());
            List<X509Certificate> roots = secrets.facts().roots().stream()
                    .flatMap(root -> Pem.certificates(root).stream())
                    .toList();
            return new State(
                    secrets,
                    new Credentials(Pem.key(secrets.key().value()), chain, roots),
                    CertificateName.of(chain.get(0)).role());
        }

        boolean concerns(State other) {
            return !secrets.certificate().equals(other.secrets.certificate())
                    || !secrets.facts().equals(other.secrets.facts());
        }
    }

    @Override
    public String nodeId() {
        return file.nodeId();
    }

    @Override
    public String swarmId() {
        return file.swarmId();
    }

    @Override
    public NodeRole role() {
        return state.role();
    }

    @Override
    public String advertiseAddress() {
        return file.place().advertiseHost();
    }

    @Override
    public String transportAddress() {
        return file.place().advertised();
    }

    @Override
    public InetSocketAddress listenAddress() {
        return file.place().listening();
    }

    @Override
    public Path directory() {
        return directory.path();
    }

    @Override
    public Credentials credentials() {
        return state.credentials();
    }

    @Override
    public SwarmFacts facts() {
        return state.secrets().facts();
    }

    @Override
    public void learn(SwarmFacts told) {
        change(secrets -> secrets.learned(told));
    }

    @Override
    public Optional<String> trouble() {
        return trouble;
    }

    @Override
    public Subscription onChange(Runnable listener) {
        Listening listening = new Listening(listener);
        listeners.add(listening);
        return listening;
    }

    /** Says what keeps the certificate from being renewed. */
    void troubled(Optional<String> words) {
        trouble = words;
    }

    /** Takes a new key and certificate over, which were checked. */
    void renew(Sensitive key, Issued issued, String freshSuffix) {
        change(secrets -> secrets.renewed(key, issued, freshSuffix));
    }

    /** What is left to be written into the store. */
    Optional<Founding> founding() {
        return state.secrets().founding().map(Founding::new);
    }

    void founded() {
        change(Secrets::founded);
    }

    String memberSuffix() {
        return state.secrets().memberSuffix();
    }

    /** The place among the managers that the present secrets describe. */
    SwarmMember member() {
        Secrets secrets = state.secrets();
        String suffix = secrets.memberSuffix();
        return new SwarmMember(
                this,
                nodeId() + ":" + suffix,
                secrets.founder(),
                directory.member(suffix),
                secrets.logKey()
                        .orElseThrow(
                                () -> new SkepException(
                                        ErrorCode.CORRUPT,
                                        "this manager has no key for the log; demote and promote it, or leave and join again")));
    }

    /** Writes the secrets under another unlock key. */
    void lockWith(Optional<UnlockKey> key) {
        writing.take(() -> {
            if (!lock.equals(key)) {
                if (key.isPresent() && role() == NodeRole.WORKER) {
                    throw new SkepException(ErrorCode.WRONG_STATE, "only a manager's keys are locked");
                }
                write(state.secrets(), key);
                lock = key;
            }
            return true;
        });
    }

    /** Nothing of this node is written any more. */
    void retire() {
        writing.take(() -> {
            retired = true;
            return true;
        });
    }

    private void change(UnaryOperator<Secrets> edit) {
        boolean news = writing.take(() -> {
            State before = state;
            Secrets edited = edit.apply(before.secrets());
            if (edited.equals(before.secrets())) {
                return false;
            }
            State next = State.of(edited); // before it is written: what cannot be read back must not get there
            Optional<UnlockKey> key = next.role() == NodeRole.MANAGER ? lock : Optional.empty();
            write(edited, key);
            lock = key;
            state = next;
            return next.concerns(before);
        });
        if (news) {
            listeners.forEach(Listening::tell);
        }
    }

    private void write(Secrets secrets, Optional<UnlockKey> key) {
        if (retired) {
            throw new SkepException(
                    ErrorCode.PART_MISSING, "this node has left its swarm, or its identity was stopped");
        }
        secretsFile.write(secrets, key);
    }

    /** One listener; two of the same {@link Runnable} end apart. */
    private final class Listening implements Subscription {
        private final Runnable listener;

        Listening(Runnable listener) {
            this.listener = listener;
        }

        void tell() {
            try {
                listener.run();
            } catch (SkepException e) {
                if (e.code() != ErrorCode.PART_MISSING) {
                    throw e;
                }
                close(); // it was stopped at this very moment
            }
        }

        @Override
        public void close() {
            listeners.remove(this);
        }
    }
}
