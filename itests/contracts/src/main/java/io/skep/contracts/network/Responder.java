package io.skep.contracts.network;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A program for tests: answers each line, and each datagram, with its own name and the peer's address. */
public final class Responder {
    private static final int DATAGRAM = 2048;

    private Responder() {}

    /** Arguments: its name and the port, TCP and UDP. Prints a line when it listens. */
    public static void main(String[] arguments) throws IOException {
        String name = arguments[0];
        int port = Integer.parseInt(arguments[1]);
        ServerSocket server = new ServerSocket(port, 128);
        DatagramSocket datagrams = new DatagramSocket(port);
        new Thread(() -> answer(datagrams, name)).start();
        System.out.println("listening");
        while (true) {
            Socket client = server.accept();
            new Thread(() -> answer(client, name)).start();
        }
    }

    private static void answer(Socket client, String name) {
        try (client;
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8))) {
            String peer = client.getInetAddress().getHostAddress();
            while (lines.readLine() != null) {
                client.getOutputStream().write((name + " " + peer + "\n").getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException ended) {
            System.err.println(name + ": a client broke off: " + ended.getMessage());
        }
    }

    private static void answer(DatagramSocket socket, String name) {
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(new byte[DATAGRAM], DATAGRAM);
                socket.receive(packet);
                byte[] answer = (name + " " + packet.getAddress().getHostAddress()).getBytes(StandardCharsets.UTF_8);
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            }
        } catch (IOException ended) {
            System.err.println(name + ": no more datagrams: " + ended.getMessage());
        }
    }
}
