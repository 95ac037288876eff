package io.skep.discovery;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;

/** A resolver of the world outside that knows one address for every name; also a program. */
final class FakeResolver implements AutoCloseable {
    private static final int DATAGRAM = 4096;
    private static final int DNS = 53;

    private final DatagramSocket datagrams;
    private final ServerSocket streams;
    private final String answer;

    /** @param answer the address; empty to be silent */
    FakeResolver(String address, String answer) throws IOException {
        this.answer = answer;
        InetSocketAddress socket = new InetSocketAddress(InetAddress.getByName(address), DNS);
        datagrams = new DatagramSocket(socket);
        streams = new ServerSocket();
        streams.bind(socket);
    }

    /** Begins to answer. */
    void start() {
        new Thread(this::datagrams, "fake-resolver-udp").start();
        new Thread(this::streams, "fake-resolver-tcp").start();
    }

    /** Arguments: where it listens, and its answer. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (FakeResolver resolver = new FakeResolver(arguments[0], arguments[1])) {
            resolver.start();
            System.out.println("listening");
            Thread.currentThread().join();
        }
    }

    @Override
    public void close() throws IOException {
        datagrams.close();
        streams.close();
    }

    private void datagrams() {
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(new byte[DATAGRAM], DATAGRAM);
                datagrams.receive(packet);
                if (!answer.isEmpty()) {
                    byte[] bytes = answer(Arrays.copyOf(packet.getData(), packet.getLength()));
                    datagrams.send(new DatagramPacket(bytes, bytes.length, packet.getSocketAddress()));
                }
            }
        } catch (IOException closed) {
            System.err.println("resolver: " + closed.getMessage());
        }
    }

    private void streams() {
        try {
            while (true) {
                try (Socket client = streams.accept()) {
                    DataInputStream in = new DataInputStream(client.getInputStream());
                    byte[] packet = new byte[in.readUnsignedShort()];
                    in.readFully(packet);
                    byte[] bytes = answer(packet);
                    DataOutputStream out = new DataOutputStream(client.getOutputStream());
                    out.writeShort(bytes.length);
                    out.write(bytes);
                }
            }
        } catch (IOException closed) {
            System.err.println("resolver: " + closed.getMessage());
        }
    }

    private byte[] answer(byte[] packet) throws IOException {
        Message message = new Message(packet);
        message.getHeader().setFlag(Flags.QR);
        message.addRecord(
                new ARecord(message.getQuestion().getName(), DClass.IN, 60, InetAddress.getByName(answer)),
                Section.ANSWER);
        return message.toWire();
    }
}
