package io.skep.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a host whose certificate is not believed why, and hears nothing it says. The other side closes; if this one did, what it had not
 * read would make the system withdraw the words.
 */
final class Refusal extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(Refusal.class);
    private static final int PATIENCE_SECONDS = 2;

    private final String nodeId;
    private final Party party;
    private final SkepException reason;

    /**
     * @param nodeId of this node
     */
    Refusal(String nodeId, Party party, SkepException reason) {
        this.nodeId = nodeId;
        this.party = party;
        this.reason = reason;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        LOG.debug("refused the host {}: {}", party.host(), reason.getMessage());
        String message = "node " + nodeId + " refuses this node: " + reason.getMessage();
        var unused =
                context.writeAndFlush(Frames.write(new Frame.Goodbye(ErrorCode.FORBIDDEN, message), context.alloc()));
        closeLater(context);
    }

    private static void closeLater(ChannelHandlerContext context) {
        var unused = context.executor().schedule(() -> close(context), PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static void close(ChannelHandlerContext context) {
        var unused = context.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        // Whatever it asks, it is not heard.
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        close(context);
    }
}
