package io.skep.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between two nodes and carries what they say, until it is told to be as dead as a host without power. */
final class Relay implements AutoCloseable {
    private static final int BUFFER = 16 * 1024;

    private final ServerSocket server;
    private final int target;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private final CountDownLatch end = new CountDownLatch(1);
    private final Semaphore allowed;
    private volatile boolean dead;

    /** Carries as much as there is. */
    Relay(int target) {
        this(target, Integer.MAX_VALUE);
    }

    /**
     * Carries so many bytes from the node that connected to the other, and more when it is allowed to; the way back is free.
     */
    Relay(int target, int bytes) {
        this.allowed = new Semaphore(bytes);
        try {
            this.target = target;
            server = new ServerSocket();
            server.setReceiveBufferSize(BUFFER);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        thread(this::accept);
    }

    String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** So many connections have gone through it. */
    int accepted() {
        return accepted.get();
    }

    /** So many bytes more may go from the node that connected. */
    void allow(int bytes) {
        allowed.release(bytes);
    }

    /** Carries nothing any more, and closes nothing. */
    void die() {
        dead = true;
    }

    private void accept() {
        try {
            while (true) {
                Socket from = server.accept();
                accepted.incrementAndGet();
                Socket to = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.addAll(List.of(from, to));
                thread(() -> carry(from, to, true));
                thread(() -> carry(to, from, false));
            }
        } catch (IOException closed) {
            end.countDown();
        }
    }

    private void carry(Socket from, Socket to, boolean metered) {
        byte[] buffer = new byte[BUFFER];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int length = in.read(buffer);
            while (length >= 0 && !dead) {
                if (metered) {
                    allowed.acquire(length);
                }
                out.write(buffer, 0, length);
                length = in.read(buffer);
            }
            if (dead) {
                end.await();
            }
        } catch (IOException | InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private static void thread(Runnable task) {
        Thread thread = new Thread(task, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        end.countDown();
        try {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
