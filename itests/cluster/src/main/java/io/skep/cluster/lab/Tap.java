package io.skep.cluster.lab;

import com.sun.jna.LastErrorException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A network interface whose cable ends in this JVM. */
final class Tap {
    private static final int NAME = 16;
    private static final int REQUEST = 40;
    /** The switch cuts larger ones to what the interface says it takes, 1500 bytes. */
    private static final int LARGEST_FRAME = 4096;

    private final int file;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(LARGEST_FRAME);

    private Tap(int file) {
        this.file = file;
    }

    /** Makes one in the network of a lab. */
    static Tap open(Namespaces lab, String name) {
        CompletableFuture<Tap> opened = new CompletableFuture<>();
        // A thread of its own, since a thread that entered a network stays there.
        Thread thread = new Thread(() -> complete(opened, lab, name), "lab-tap");
        thread.start();
        try {
            return opened.join();
        } catch (CompletionException e) {
            throw new IllegalStateException("no interface " + name, e.getCause());
        }
    }

    private static void complete(CompletableFuture<Tap> opened, Namespaces lab, String name) {
        try {
            enter(lab);
            opened.complete(new Tap(make(name)));
        } catch (LastErrorException e) {
            opened.completeExceptionally(e);
        }
    }

    private static void enter(Namespaces lab) {
        int file = Kernel.CALLS.open(lab.network(), Kernel.READ | Kernel.CLOSE_ON_EXEC);
        try {
            Kernel.CALLS.setns(file, Kernel.NETWORK_NAMESPACE);
        } finally {
            Kernel.CALLS.close(file);
        }
    }

    private static int make(String name) {
        int file = Kernel.CALLS.open("/dev/net/tun", Kernel.READ_WRITE | Kernel.CLOSE_ON_EXEC);
        byte[] request = Arrays.copyOf(name.getBytes(StandardCharsets.US_ASCII), REQUEST);
        request[NAME] = (byte) Kernel.WHOLE_FRAMES;
        request[NAME + 1] = (byte) (Kernel.WHOLE_FRAMES >> 8);
        try {
            Kernel.CALLS.ioctl(file, Kernel.SET_TAP, request);
            return file;
        } catch (LastErrorException e) {
            Kernel.CALLS.close(file);
            throw e;
        }
    }

    /** Waits for the next frame that comes out of the interface; empty once the interface was deleted. One thread reads. */
    Optional<ByteBuffer> read() {
        try {
            int length = (int) Kernel.CALLS.read(file, buffer, LARGEST_FRAME);
            return Optional.of(ByteBuffer.allocate(length).put(0, buffer, 0, length));
        } catch (LastErrorException deleted) {
            return Optional.empty();
        }
    }

    /** Puts a frame into the interface; answers whether it took the frame, which it does not while it is down. */
    boolean write(ByteBuffer frame) {
        try {
            return Kernel.CALLS.write(file, frame, frame.capacity()) == frame.capacity();
        } catch (LastErrorException down) {
            return false;
        }
    }

    /** Gives the file back; nobody may read or write any more. */
    void close() {
        Kernel.CALLS.close(file);
    }
}
