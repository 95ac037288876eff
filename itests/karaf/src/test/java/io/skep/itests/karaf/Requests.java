package io.skep.itests.karaf;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Requests to a published port, one after the other, from a thread of their own, until closed. */
final class Requests implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 5000;
    private static final long PAUSE_MILLIS = 10;

    private final int port;
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicInteger answered = new AtomicInteger();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Integer> answers = new LinkedBlockingQueue<>();

    Requests(int port) {
        this.port = port;
        Thread thread = new Thread(this::loop, "test-requests");
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits for answers to requests that were made after this call. */
    void awaitMore(int count) throws InterruptedException {
        answers.clear();
        for (int i = 0; i <= count; i++) {
            if (answers.poll(Services.PATIENCE.toMillis(), TimeUnit.MILLISECONDS) == null) {
                throw new AssertionError("port " + port + " does not answer: " + failures);
            }
        }
    }

    int answered() {
        return answered.get();
    }

    /** What failed, and as which request. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void close() {
        over.countDown();
    }

    private void loop() {
        try {
            do {
                request();
            } while (!over.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            failures.add("interrupted");
        }
    }

    private void request() {
        try {
            String text = fetch(port);
            if (text.contains(BusyboxImage.ANSWER)) {
                answers.add(answered.incrementAndGet());
            } else {
                failures.add("after " + answered + " answers: " + text);
            }
        } catch (IOException e) {
            failures.add("after " + answered + " answers: " + e);
        }
    }

    private static String fetch(int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
