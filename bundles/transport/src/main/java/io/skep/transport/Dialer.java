package io.skep.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Opens connections. Event loop only. */
final class Dialer {
    /** What each kernel buffers: enough for a fast network, and so little that a heartbeat behind it is not late. */
    static final int KERNEL_BUFFER = 128 * 1024;

    /** When to stop giving frames to Netty, and when to go on. */
    static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(32 * 1024, 64 * 1024);

    private final Loop loop;
    private final Pace pace;

    Dialer(Loop loop, Pace pace) {
        this.loop = loop;
        this.pace = pace;
    }

    /**
     * Connects and shakes hands.
     *
     * @param proof null for a host without a certificate
     */
    void dial(String address, @Nullable Proof proof, PeerCheck check, Greeting.Outcome outcome) {
        InetSocketAddress named = Addresses.parse(address);
        if (NetUtil.isValidIpV4Address(named.getHostString()) || NetUtil.isValidIpV6Address(named.getHostString())) {
            resolve(named, proof, check, outcome);
        } else {
            loop.offload(() -> resolve(named, proof, check, outcome));
        }
    }

    private void resolve(InetSocketAddress named, @Nullable Proof proof, PeerCheck check, Greeting.Outcome outcome) {
        try {
            InetSocketAddress address =
                    new InetSocketAddress(InetAddress.getByName(named.getHostString()), named.getPort());
            loop.run(() -> connect(address, proof, check, outcome));
        } catch (UnknownHostException e) {
            loop.run(() -> outcome.failed(e));
        }
    }

    private void connect(InetSocketAddress address, @Nullable Proof proof, PeerCheck check, Greeting.Outcome outcome) {
        var unused = new Bootstrap()
                .group(loop.events())
                .channelFactory(NioSocketChannel::new)
                .disableResolver()
                .option(ChannelOption.ALLOCATOR, loop.allocator())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        pace.connect().toMillis())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_SNDBUF, KERNEL_BUFFER)
                .option(ChannelOption.SO_RCVBUF, KERNEL_BUFFER)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        loop.own(channel); // TLS begins once the connection stands
                    }
                })
                .connect(address)
                .addListener((ChannelFuture connected) -> {
                    if (connected.isSuccess()) {
                        new Greeting(proof, check, outcome)
                                .lay(connected.channel(), Engines.client(proof, check), loop, pace);
                    } else {
                        outcome.failed(connected.cause());
                    }
                });
    }
}
