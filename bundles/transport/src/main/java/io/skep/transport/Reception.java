package io.skep.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/** The port on which this node listens. */
final class Reception {
    private static final int BACKLOG = 512;

    private Reception() {}

    /**
     * Listens. Blocks until the port is open; not on the event loop.
     *
     * @param accepted what to do with each new connection
     * @return the port
     * @throws SkepException {@code ALREADY_EXISTS} when somebody else listens there
     */
    static int open(Loop loop, InetSocketAddress address, Consumer<Channel> accepted) {
        CompletableFuture<Integer> port = new CompletableFuture<>();
        loop.run(() -> {
            var unused = bootstrap(loop, accepted).bind(address).addListener((ChannelFuture bound) -> {
                if (bound.isSuccess()) {
                    loop.own(bound.channel());
                    port.complete(((InetSocketAddress) bound.channel().localAddress()).getPort());
                } else {
                    port.completeExceptionally(bound.cause());
                }
            });
        });
        try {
            return port.join();
        } catch (CompletionException e) {
            throw cannotListen(address, e.getCause() == null ? e : e.getCause());
        }
    }

    private static SkepException cannotListen(InetSocketAddress address, Throwable cause) {
        return new SkepException(
                ErrorCode.ALREADY_EXISTS,
                "the transport cannot listen on " + address.getHostString() + ":" + address.getPort() + " ("
                        + cause.getMessage()
                        + "); see who does with 'ss -ltnp', stop it, and repeat with bundle:restart"
                        + " io.skep.transport",
                cause);
    }

    private static ServerBootstrap bootstrap(Loop loop, Consumer<Channel> accepted) {
        return new ServerBootstrap()
                .group(loop.events())
                .channelFactory(NioServerSocketChannel::new)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_RCVBUF, Dialer.KERNEL_BUFFER) // before connections come, which inherit it
                .childOption(ChannelOption.ALLOCATOR, loop.allocator())
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_SNDBUF, Dialer.KERNEL_BUFFER)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, Dialer.WATER_MARK)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        loop.own(channel);
                        accepted.accept(channel);
                    }
                });
    }
}
