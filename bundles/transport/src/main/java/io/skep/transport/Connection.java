package io.skep.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection whose handshake is over: requests, answers and signs of life, both ways. On the event loop only. */
final class Connection extends ChannelInboundHandlerAdapter implements Incoming.Desk {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    private final Channel channel;
    private final Party party;
    private final Subjects subjects;
    private final Owner owner;
    private final Lifetime lifetime;
    private final Liveness liveness;
    private final Incoming incoming;
    private final Outbox outbox = new Outbox();
    private final Map<Long, Call> calls = new HashMap<>();
    private long lastId;
    private boolean heard;
    private boolean writing;
    private boolean closed;

    /** Who keeps a connection. Called on the event loop. */
    interface Owner {
        /** The other side takes no more requests here, or asks for a new connection: leave this one. */
        void replace(Connection connection);

        /** Every request sent here before {@link Connection#leave} has reached its handler, or never will. */
        void left(Connection connection);

        /** It is closed; its calls have failed with {@code why}. */
        void gone(Connection connection, SkepException why);
    }

    Connection(Channel channel, Party party, Subjects subjects, Pace pace, Clock clock, Owner owner) {
        this.channel = channel;
        this.party = party;
        this.subjects = subjects;
        this.owner = owner;
        this.lifetime = new Lifetime(party, pace, clock);
        this.liveness = new Liveness(pace);
        this.incoming = new Incoming(party.other().isPresent() ? Limits.MEMBER : Limits.ANONYMOUS, this);
    }

    Party party() {
        return party;
    }

    Lifetime lifetime() {
        return lifetime;
    }

    /** True while requests may be sent. */
    boolean usable() {
        return !closed && !lifetime.leaving();
    }

    /** True once the other side has said anything, so that it is known to accept this one. */
    boolean proven() {
        return heard;
    }

    void send(Call call) {
        long id = ++lastId;
        calls.put(id, call);
        call.whenOver(() -> forget(id));
        call.sent();
        outbox.request(id, call.subject(), call.body(), call::open);
        writeSoon();
    }

    private void forget(long id) {
        calls.remove(id);
        closeIfDrained();
    }

    /** Sends no more requests here; what is under way is finished first, then the connection ends. Idempotent. */
    void leave() {
        if (lifetime.leave()) {
            outbox.afterRequests(Frame.Signal.LEAVE);
            writeSoon();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        liveness.heard();
        take((Frame) message);
        heard = true;
    }

    private void take(Frame frame) {
        if (frame instanceof Frame.Request request) {
            incoming.request(request);
        } else if (frame instanceof Frame.RequestMore more) {
            incoming.more(more);
        } else if (frame instanceof Frame.Answer answer && calls.containsKey(answer.id())) {
            calls.get(answer.id()).arrive(answer.total(), answer.piece());
        } else if (frame instanceof Frame.AnswerMore more && calls.containsKey(more.id())) {
            calls.get(more.id()).arrive(more.piece());
        } else if (frame instanceof Frame.Failure failure && calls.containsKey(failure.id())) {
            calls.get(failure.id()).fail(new SkepException(failure.code(), failure.message()));
        } else if (frame instanceof Frame.Goodbye goodbye) {
            end(new SkepException(goodbye.code(), goodbye.message()));
        } else if (frame instanceof Frame.Signal signal) {
            take(signal);
        }
    }

    private void take(Frame.Signal signal) {
        switch (signal) {
            case PING -> sendUrgent(Frame.Signal.PONG);
            case PONG -> {}
            case LEAVE -> {
                sendUrgent(Frame.Signal.LEFT);
                lifetime.otherLeaves();
                owner.replace(this);
            }
            case LEFT -> {
                lifetime.left();
                owner.left(this);
            }
        }
        closeIfDrained();
    }

    private void sendUrgent(Frame frame) {
        outbox.urgent(frame);
        writeSoon();
    }

    @Override
    public CompletionStage<byte[]> answer(String subject, byte[] body) {
        return lifetime.refusal()
                .<CompletionStage<byte[]>>map(CompletableFuture::failedFuture)
                .orElseGet(() -> subjects.answer(party.peer(), subject, body));
    }

    @Override
    public void onLoop(Runnable reply) {
        Loop.run(channel.eventLoop(), reply);
    }

    @Override
    public void reply(long id, byte[] body) {
        if (outbox.bytes() + body.length > Limits.MEMBER.bytes()) {
            outbox.failure(id, ErrorCode.EXHAUSTED, "too many answers wait to be read; repeat it later");
        } else {
            outbox.answer(id, body);
        }
        writeSoon();
    }

    @Override
    public void refuse(long id, String subject, Throwable failure) {
        SkepException told = subjects.told(failure instanceof CompletionException e ? e : failure, subject);
        outbox.failure(id, told.code(), String.valueOf(told.getMessage()));
        writeSoon();
    }

    /** What is sent within one turn of the loop shares records and packets. */
    private void writeSoon() {
        if (!writing) {
            writing = true;
            channel.eventLoop().execute(this::write);
        }
    }

    private void write() {
        writing = false;
        if (closed) {
            return;
        }
        while (channel.isWritable()) {
            Frame frame = outbox.next();
            if (frame == null) {
                break;
            }
            var unused = channel.write(Frames.write(frame, channel.alloc()), channel.voidPromise());
        }
        channel.flush();
        closeIfDrained();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (channel.isWritable()) {
            liveness.heard();
            writeSoon();
        }
    }

    /** One tick of {@link Pace} later. */
    void tick() {
        if (lifetime.overstayed()) {
            end(new SkepException(ErrorCode.PART_MISSING, "the connection without a certificate lasted too long"));
            return;
        }
        switch (liveness.tick(!calls.isEmpty() || lifetime.awaitsLeft())) {
            case PING -> sendUrgent(Frame.Signal.PING);
            case GIVE_UP -> end(broken("it gave no sign of life"));
            case NOTHING -> {}
        }
    }

    private void closeIfDrained() {
        if (!closed && lifetime.bothLeft() && calls.isEmpty() && incoming.idle() && outbox.empty()) {
            end(broken("both sides left it"));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        end(broken("it closed the connection"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("the connection with {} ends", party.name(), cause);
        end(broken(Causes.of(cause)));
    }

    private SkepException broken(String why) {
        return new SkepException(ErrorCode.PART_MISSING, "the connection with " + party.name() + " broke: " + why);
    }

    /** Closes it now; what is under way fails with {@code why}. Idempotent. */
    void end(SkepException why) {
        if (closed) {
            return;
        }
        closed = true;
        var unused = channel.close();
        List.copyOf(calls.values()).forEach(call -> call.fail(why));
        owner.left(this);
        owner.gone(this, why);
    }
}
