package io.skep.runtime.oci.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** A channel from which only so much may be read until the limit is lifted; a hostile header cannot fill the memory. */
final class BudgetChannel implements SeekableByteChannel {
    private final SeekableByteChannel channel;
    private long left;

    BudgetChannel(SeekableByteChannel channel, long budget) {
        this.channel = channel;
        this.left = budget;
    }

    /** Ends the limit. */
    void lift() {
        left = Long.MAX_VALUE;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int n = channel.read(target);
        left -= Math.max(0, n);
        if (left < 0) {
            throw new IOException("its headers are absurdly large");
        }
        return n;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return channel.write(source);
    }

    @Override
    public long position() throws IOException {
        return channel.position();
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
        channel.position(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) throws IOException {
        channel.truncate(size);
        return this;
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
