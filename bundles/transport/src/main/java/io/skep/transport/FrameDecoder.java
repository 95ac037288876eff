package io.skep.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import org.jspecify.annotations.Nullable;

/** Cuts what arrives into frames. One that is too long or malformed is an exception, upon which the connection ends. */
final class FrameDecoder extends LengthFieldBasedFrameDecoder {
    FrameDecoder() {
        super(Frames.LENGTH_BYTES + Frames.LONGEST, 0, Frames.LENGTH_BYTES, 0, Frames.LENGTH_BYTES);
    }

    @Override
    protected @Nullable Object decode(ChannelHandlerContext context, ByteBuf in) throws Exception {
        ByteBuf frame = (ByteBuf) super.decode(context, in);
        if (frame == null) {
            return null;
        }
        try {
            return Frames.read(frame);
        } finally {
            frame.release();
        }
    }
}
