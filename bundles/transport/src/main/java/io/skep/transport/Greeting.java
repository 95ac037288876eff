package io.skep.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** Waits for the end of the handshake, and puts in its own place what speaks with whom it turned out to be. */
final class Greeting extends ChannelInboundHandlerAdapter {
    private final @Nullable Proof own;
    private final PeerCheck check;
    private final Outcome outcome;
    private boolean over;

    /** What becomes of a handshake; one of the methods is called once, on the event loop. */
    interface Outcome {
        /** The other side showed a good certificate, or none. */
        ChannelHandler met(Channel channel, Party party);

        /** There is no connection. */
        void failed(Throwable cause);
    }

    Greeting(@Nullable Proof own, PeerCheck check, Outcome outcome) {
        this.own = own;
        this.check = check;
        this.outcome = outcome;
    }

    /** Lays TLS, the cutting of frames and the greeting over a new channel. */
    void lay(Channel channel, SSLEngine engine, Loop loop, Pace pace) {
        SslHandler tls = new SslHandler(engine, false, loop.handshakes());
        tls.setHandshakeTimeoutMillis(pace.handshake().toMillis());
        channel.pipeline()
                .addLast("tls", tls)
                .addLast("frames", new FrameDecoder())
                .addLast("greeting", this);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent completion && !over) {
            if (completion.isSuccess()) {
                met(context);
            } else {
                fail(context, completion.cause());
            }
        }
    }

    private void met(ChannelHandlerContext context) {
        SslHandler tls = context.pipeline().get(SslHandler.class);
        if (!Engines.PROTOCOL.equals(tls.engine().getApplicationProtocol())) {
            fail(context, new SSLHandshakeException("the other side does not speak " + Engines.PROTOCOL));
            return;
        }
        over = true;
        Channel channel = context.channel();
        Party party =
                new Party(own, check.certified(), host(channel), tls.engine().getUseClientMode());
        ChannelHandler next = check.refusal()
                .<ChannelHandler>map(refusal -> new Refusal(nodeId(), party, refusal))
                .orElseGet(() -> outcome.met(channel, party));
        context.pipeline().replace(this, "connection", next);
    }

    private String nodeId() {
        return own == null ? "" : own.certified().nodeId();
    }

    private static String host(Channel channel) {
        return ((InetSocketAddress) channel.remoteAddress()).getAddress().getHostAddress();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        fail(context, new ClosedChannelException());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(context, cause);
    }

    private void fail(ChannelHandlerContext context, Throwable cause) {
        var unused = context.close();
        if (!over) {
            over = true;
            outcome.failed(cause);
        }
    }
}
