package io.skep.discovery;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Asks a name server over real sockets; also a program, so that a test can ask from inside a namespace. */
final class Questions {
    private static final int TIMEOUT_MILLIS = 8000;
    private static final int DATAGRAM = 4096;

    private final InetAddress server;
    private final int port;

    Questions(InetAddress server, int port) {
        this.server = server;
        this.port = port;
    }

    /** Arguments: the server's address and names; prints an answer a line, the first of each over TCP and UDP. */
    public static void main(String[] arguments) throws IOException {
        Questions questions = new Questions(InetAddress.getByName(arguments[0]), 53);
        for (int i = 1; i < arguments.length; i++) {
            System.out.println(questions.udp(arguments[i]) + " | " + questions.tcp(arguments[i]));
        }
    }

    String udp(String name) throws IOException {
        return text(new Message(udp(query(name).toWire())));
    }

    byte[] udp(byte[] packet) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(server, port);
            socket.send(new DatagramPacket(packet, packet.length));
            DatagramPacket answer = new DatagramPacket(new byte[DATAGRAM], DATAGRAM);
            socket.receive(answer);
            return Arrays.copyOf(answer.getData(), answer.getLength());
        }
    }

    /** Sends all questions in one piece before it reads an answer. */
    String tcp(String... names) throws IOException {
        try (Socket socket = new Socket(server, port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            var buffer = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(buffer);
            for (String name : names) {
                byte[] packet = query(name).toWire();
                out.writeShort(packet.length);
                out.write(packet);
            }
            socket.getOutputStream().write(buffer.toByteArray());
            DataInputStream in = new DataInputStream(socket.getInputStream());
            StringBuilder answers = new StringBuilder();
            for (int i = 0; i < names.length; i++) {
                byte[] answer = new byte[in.readUnsignedShort()];
                in.readFully(answer);
                answers.append(i == 0 ? "" : ", ").append(text(new Message(answer)));
            }
            return answers.toString();
        }
    }

    static Message query(String name) throws IOException {
        return Message.newQuery(Record.newRecord(Name.fromString(name + "."), Type.A, DClass.IN));
    }

    static String text(Message answer) {
        String cut = answer.getHeader().getFlag(Flags.TC) ? " cut" : "";
        return Rcode.string(answer.getRcode())
                + cut
                + answer.getSection(Section.ANSWER).stream()
                        .map(record -> " " + record.rdataToString())
                        .collect(Collectors.joining());
    }
}
