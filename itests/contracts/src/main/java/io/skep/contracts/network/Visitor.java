package io.skep.contracts.network;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** A program for tests: asks a {@link Responder} and counts the answers. */
public final class Visitor {
    private static final int TIMEOUT_MILLIS = 3000;
    private static final int DATAGRAM = 2048;

    private Visitor() {}

    /**
     * {@code get N host port}: N connections; {@code udp N host port}: N datagrams from a socket each; {@code loop host port}: one connection after the other
     * until it gets a line of input; {@code hold host port}: one connection, a question a line of input; {@code holdudp host port}: the same from one datagram socket. Prints counts by answer.
     */
    public static void main(String[] arguments) throws IOException {
        switch (arguments[0]) {
            case "get", "udp" -> System.out.println(count(arguments));
            case "loop" -> loop(arguments[1], Integer.parseInt(arguments[2]));
            case "holdudp" -> holdDatagrams(arguments[1], Integer.parseInt(arguments[2]));
            case "hold" -> hold(arguments[1], Integer.parseInt(arguments[2]));
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static Map<String, Integer> count(String... arguments) {
        Map<String, Integer> answers = new TreeMap<>();
        for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
            int port = Integer.parseInt(arguments[3]);
            String answer = arguments[0].equals("udp") ? datagram(arguments[2], port) : get(arguments[2], port);
            answers.merge(answer, 1, Integer::sum);
        }
        return answers;
    }

    private static void loop(String host, int port) throws IOException {
        System.out.println(get(host, port));
        Map<String, Integer> answers = new TreeMap<>();
        while (System.in.available() == 0) {
            answers.merge(get(host, port), 1, Integer::sum);
        }
        System.out.println(answers);
    }

    private static void hold(String host, int port) throws IOException {
        try (Socket socket = connect(host, port);
                BufferedReader answers =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
                BufferedReader questions =
                        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println("connected");
            while (questions.readLine() != null) {
                socket.getOutputStream().write('\n');
                System.out.println(answers.readLine());
            }
        }
    }

    private static void holdDatagrams(String host, int port) throws IOException {
        try (DatagramSocket socket = new DatagramSocket();
                BufferedReader questions =
                        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            socket.connect(InetAddress.getByName(host), port);
            System.out.println("connected");
            while (questions.readLine() != null) {
                System.out.println(exchange(socket));
            }
        }
    }

    private static String get(String host, int port) {
        try (Socket socket = connect(host, port);
                BufferedReader answers =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            socket.getOutputStream().write('\n');
            return String.valueOf(answers.readLine());
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static Socket connect(String host, int port) throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }

    private static String datagram(String host, int port) {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(InetAddress.getByName(host), port);
            return exchange(socket);
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static String exchange(DatagramSocket socket) {
        try {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.send(new DatagramPacket(new byte[1], 1));
            DatagramPacket answer = new DatagramPacket(new byte[DATAGRAM], DATAGRAM);
            socket.receive(answer);
            return new String(answer.getData(), 0, answer.getLength(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
