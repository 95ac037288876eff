package io.skep.gossip.atomix;

import io.atomix.cluster.BootstrapService;
import io.atomix.cluster.messaging.BroadcastService;
import io.atomix.cluster.messaging.MessagingService;
import io.atomix.cluster.messaging.UnicastService;
import io.atomix.utils.net.Address;
import io.skep.model.SkepException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Atomix's three messaging services over our {@link Post}. Atomix calls from its threads; everything else happens on the
 * reactor's. Nothing may escape to Atomix from here: an exception inside one of its timers would end that timer for good.
 */
final class SwimMessages implements BootstrapService, MessagingService, UnicastService, BroadcastService {
    private static final Logger LOG = LoggerFactory.getLogger(SwimMessages.class);
    private static final String PROBE_REQUEST = "atomix-membership-probe-request";
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(1);

    private final Reactor reactor;
    private final Post post;
    private final Requests requests;
    private final Predicate<Endpoint> dead;
    private final Set<Executor> executors = ConcurrentHashMap.newKeySet();
    private final Map<String, Handler> handlers = new ConcurrentHashMap<>();

    /** Answers a request of one type, in its own time or never. */
    @FunctionalInterface
    private interface Handler {
        void handle(Address sender, byte[] payload, Consumer<byte[]> answer);
    }

    /**
     * @param dead members that Atomix would still ask to probe others, which then takes until the time-out; any thread
     */
    SwimMessages(Reactor reactor, Post post, Predicate<Endpoint> dead) {
        this.dead = dead;
        this.reactor = reactor;
        this.post = post;
        requests = new Requests(reactor, post);
        post.reader(Kind.REQUEST, this::request);
        post.reader(Kind.NOTICE, (sender, body) -> {
            String type = body.text();
            dispatch(type, sender, body.bytes(), answer -> {});
        });
    }

    private void request(Endpoint sender, WireReader body) {
        long number = body.i64();
        String type = body.text();
        dispatch(
                type,
                sender,
                body.bytes(),
                answer -> reactor.execute(() ->
                        post.send(sender, post.message(Kind.REPLY).i64(number).bytes(answer))));
    }

    private void dispatch(String type, Endpoint sender, byte[] payload, Consumer<byte[]> answer) {
        Handler handler = handlers.get(type);
        if (handler != null) {
            handler.handle(address(sender), payload, answer);
        }
    }

    static Address address(Endpoint endpoint) {
        return new Address(endpoint.host(), endpoint.port());
    }

    static Endpoint endpoint(Address address) {
        return new Endpoint(address.host(), address.port());
    }

    /** Tells the threads on which Atomix handles messages, each as soon as it gets to it. */
    void noteThreads(Consumer<Thread> note) {
        executors.forEach(executor -> run(executor, "none", () -> note.accept(Thread.currentThread())));
    }

    /** Runs Atomix's code for a message; what the message breaks in it ends here. */
    private static void run(Executor executor, String type, Runnable work) {
        try {
            executor.execute(() -> {
                try {
                    work.run();
                } catch (RuntimeException e) {
                    LOG.debug("dropped a message of type {}", type, e);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.trace("a message of type {} came after the end", type, e);
        }
    }

    @Override
    public MessagingService getMessagingService() {
        return this;
    }

    @Override
    public UnicastService getUnicastService() {
        return this;
    }

    @Override
    public BroadcastService getBroadcastService() {
        return this;
    }

    @Override
    public Address address() {
        return address(post.endpoint());
    }

    @Override
    public CompletableFuture<Void> sendAsync(Address address, String type, byte[] payload, boolean keepAlive) {
        unicast(address, type, payload);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<byte[]> sendAndReceive(Address address, String type, byte[] payload, boolean keepAlive) {
        return sendAndReceive(address, type, payload, keepAlive, DEFAULT_TIMEOUT);
    }

    @Override
    public CompletableFuture<byte[]> sendAndReceive(
            Address address, String type, byte[] payload, boolean keepAlive, Executor executor) {
        return sendAndReceive(address, type, payload, keepAlive, DEFAULT_TIMEOUT, executor);
    }

    @Override
    public CompletableFuture<byte[]> sendAndReceive(
            Address address, String type, byte[] payload, boolean keepAlive, Duration timeout) {
        try {
            Endpoint to = endpoint(address);
            if (type.equals(PROBE_REQUEST) && dead.test(to)) {
                return CompletableFuture.failedFuture(new TimeoutException(to + " is dead and cannot probe for us"));
            }
            return requests.send(to, type, payload, timeout);
        } catch (SkepException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public CompletableFuture<byte[]> sendAndReceive(
            Address address, String type, byte[] payload, boolean keepAlive, Duration timeout, Executor executor) {
        return sendAndReceive(address, type, payload, keepAlive, timeout).thenApplyAsync(answer -> answer, executor);
    }

    @Override
    public void registerHandler(String type, BiConsumer<Address, byte[]> handler, Executor executor) {
        executors.add(executor);
        handlers.put(type, (sender, payload, answer) -> run(executor, type, () -> handler.accept(sender, payload)));
    }

    @Override
    public void registerHandler(String type, BiFunction<Address, byte[], byte[]> handler, Executor executor) {
        executors.add(executor);
        handlers.put(
                type,
                (sender, payload, answer) -> run(executor, type, () -> answer.accept(handler.apply(sender, payload))));
    }

    @Override
    public void registerHandler(String type, BiFunction<Address, byte[], CompletableFuture<byte[]>> handler) {
        handlers.put(
                type,
                (sender, payload, answer) -> run(Runnable::run, type, () -> {
                    CompletableFuture<Void> answered =
                            handler.apply(sender, payload).thenAccept(answer);
                    LOG.trace("answers a message of type {} with {}", type, answered);
                }));
    }

    @Override
    public void unregisterHandler(String type) {
        handlers.remove(type);
    }

    @Override
    public void unicast(Address address, String subject, byte[] message) {
        reactor.execute(() -> post.send(
                endpoint(address), post.message(Kind.NOTICE).text(subject).bytes(message)));
    }

    @Override
    public void addListener(String subject, BiConsumer<Address, byte[]> listener, Executor executor) {
        registerHandler(subject, listener, executor);
    }

    @Override
    public void removeListener(String subject, BiConsumer<Address, byte[]> listener) {
        unregisterHandler(subject);
    }

    /** Only Atomix's multicast discovery broadcasts, and it is not used. */
    @Override
    public void broadcast(String subject, byte[] message) {
        LOG.trace("nobody listens to broadcasts such as {}", subject);
    }

    @Override
    public void addListener(String subject, Consumer<byte[]> listener) {
        LOG.trace("there are no broadcasts such as {}", subject);
    }

    @Override
    public void removeListener(String subject, Consumer<byte[]> listener) {
        LOG.trace("there are no broadcasts such as {}", subject);
    }
}
