package io.skep.network.linux;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A program for tests: sends bytes over TCP, and measures how long that takes. */
public final class Transfer {
    private static final int TIMEOUT_MILLIS = 5000;
    private static final int BUFFER = 65536;

    private Transfer() {}

    /**
     * {@code serve PORT}: takes connections, and answers each with one byte at its end; {@code send HOST PORT BYTES}: prints the nanoseconds until
     * that answer; {@code turns HOST PORT COUNT}: a byte there and back again, prints the nanoseconds of all.
     */
    public static void main(String[] arguments) throws IOException {
        switch (arguments[0]) {
            case "serve" -> serve(Integer.parseInt(arguments[1]));
            case "send" -> System.out.println(send(arguments[1], arguments[2], Long.parseLong(arguments[3])));
            case "turns" -> System.out.println(turns(arguments[1], arguments[2], Integer.parseInt(arguments[3])));
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void serve(int port) throws IOException {
        try (ServerSocket server = new ServerSocket(port)) {
            System.out.println("listening");
            while (true) {
                try (Socket client = server.accept()) {
                    client.setTcpNoDelay(true);
                    answer(client);
                } catch (IOException brokenOff) {
                    System.err.println("a client broke off: " + brokenOff.getMessage());
                }
            }
        }
    }

    /** What came before the end is answered only if it is a single byte: the other side waits for it. */
    private static void answer(Socket client) throws IOException {
        InputStream input = client.getInputStream();
        byte[] buffer = new byte[BUFFER];
        int read = input.read(buffer);
        while (read >= 0) {
            if (read == 1) {
                client.getOutputStream().write(1);
            }
            read = input.read(buffer);
        }
        client.getOutputStream().write(1);
    }

    private static long send(String host, String port, long bytes) throws IOException {
        try (Socket socket = connect(host, port)) {
            byte[] buffer = new byte[BUFFER];
            long start = System.nanoTime();
            for (long left = bytes; left > 0; left -= BUFFER) {
                socket.getOutputStream().write(buffer, 0, (int) Math.min(left, BUFFER));
            }
            socket.shutdownOutput();
            if (socket.getInputStream().read() < 0) {
                throw new IOException("the other side did not take everything");
            }
            return System.nanoTime() - start;
        }
    }

    private static long turns(String host, String port, int count) throws IOException {
        try (Socket socket = connect(host, port)) {
            socket.setTcpNoDelay(true);
            long start = System.nanoTime();
            for (int i = 0; i < count; i++) {
                socket.getOutputStream().write(1);
                if (socket.getInputStream().read() < 0) {
                    throw new IOException("the other side went");
                }
            }
            return System.nanoTime() - start;
        }
    }

    private static Socket connect(String host, String port) throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(host, Integer.parseInt(port)), TIMEOUT_MILLIS);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }
}
