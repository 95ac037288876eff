package io.skep.discovery;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Answers one DNS question (RFC 1035) from a table of names, or says that somebody else has to. Pure. */
final class Answerer {
    /** Answers may change with the next task that starts or ends. */
    private static final long TTL_SECONDS = 5;

    private static final int PLAIN_DATAGRAM = 512;
    private static final int LARGEST_DATAGRAM = 1232;
    private static final int LARGEST_MESSAGE = 65535;
    private static final String NUMBERED = ".in-addr.arpa";

    private final NameTable names;

    Answerer(NameTable names) {
        this.names = names;
    }

    /** What to do with a question. */
    sealed interface Outcome {
        /** Sends these bytes. */
        final class Answer implements Outcome {
            private final byte[] bytes;

            Answer(byte[] bytes) {
                this.bytes = bytes;
            }

            byte[] bytes() {
                return bytes;
            }
        }

        /** Asks the node's resolvers. */
        record Forward() implements Outcome {}

        /** Says nothing: this was no question. */
        record Silence() implements Outcome {}
    }

    /**
     * @param packet the question as it came
     * @param asker the address that it came from
     * @param stream over TCP, where an answer of any size fits
     * @param turn counts questions, so that the addresses of a name come first in turn
     */
    Outcome outcome(byte[] packet, String asker, boolean stream, int turn) {
        Message query;
        try {
            query = new Message(packet);
        } catch (IOException malformed) {
            return new Outcome.Silence();
        }
        if (query.getHeader().getFlag(Flags.QR)) {
            return new Outcome.Silence();
        }
        Record question = query.getQuestion();
        if (query.getHeader().getOpcode() != Opcode.QUERY || question == null) {
            return answer(query, Rcode.NOTIMP, List.of(), stream);
        }
        if (question.getDClass() != DClass.IN) {
            return answer(query, Rcode.REFUSED, List.of(), stream);
        }
        return lookUp(query, question, asker, stream, turn);
    }

    /** Tells the asker that nobody answered. */
    static byte[] failure(byte[] packet) {
        try {
            return answer(new Message(packet), Rcode.SERVFAIL, List.of(), false).bytes();
        } catch (IOException malformed) {
            throw new IllegalArgumentException("only what was a question is forwarded", malformed);
        }
    }

    private Outcome lookUp(Message query, Record question, String asker, boolean stream, int turn) {
        String name = question.getName().toString(true).toLowerCase(Locale.ROOT);
        if (name.endsWith(NUMBERED)) {
            return reverse(query, question, asker, stream);
        }
        List<String> addresses = names.addresses(asker, name);
        if (!addresses.isEmpty()) {
            boolean wanted = question.getType() == Type.A || question.getType() == Type.ANY;
            return answer(query, Rcode.NOERROR, wanted ? records(question, addresses, turn) : List.of(), stream);
        }
        boolean ours = !name.contains(".") || name.startsWith("tasks.");
        return ours ? answer(query, Rcode.NXDOMAIN, List.of(), stream) : new Outcome.Forward();
    }

    private Outcome reverse(Message query, Record question, String asker, boolean stream) {
        Optional<String> address = address(question.getName());
        if (address.isEmpty() || !names.owns(address.get())) {
            return new Outcome.Forward();
        }
        Optional<Name> name = names.name(asker, address.get()).flatMap(Answerer::absolute);
        if (name.isEmpty()) {
            return answer(query, Rcode.NXDOMAIN, List.of(), stream);
        }
        boolean wanted = question.getType() == Type.PTR || question.getType() == Type.ANY;
        Record pointer = new PTRRecord(question.getName(), DClass.IN, TTL_SECONDS, name.get());
        return answer(query, Rcode.NOERROR, wanted ? List.of(pointer) : List.of(), stream);
    }

    private static List<Record> records(Record question, List<String> addresses, int turn) {
        List<Record> records = new ArrayList<>();
        for (String address : addresses) {
            records.add(new ARecord(question.getName(), DClass.IN, TTL_SECONDS, inet(address)));
        }
        Collections.rotate(records, -Math.floorMod(turn, records.size()));
        return records;
    }

    private static Outcome.Answer answer(Message query, int code, List<Record> records, boolean stream) {
        Message answer = new Message(query.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setFlag(Flags.RA);
        if (code != Rcode.SERVFAIL) {
            answer.getHeader().setFlag(Flags.AA);
        }
        if (query.getHeader().getFlag(Flags.RD)) {
            answer.getHeader().setFlag(Flags.RD);
        }
        answer.getHeader().setRcode(code);
        Record question = query.getQuestion();
        if (question != null) {
            answer.addRecord(question, Section.QUESTION);
        }
        records.forEach(record -> answer.addRecord(record, Section.ANSWER));
        OPTRecord extension = query.getOPT();
        if (extension != null) {
            answer.addRecord(new OPTRecord(LARGEST_DATAGRAM, 0, 0), Section.ADDITIONAL);
        }
        return new Outcome.Answer(answer.toWire(stream ? LARGEST_MESSAGE : datagram(extension)));
    }

    private static int datagram(@Nullable OPTRecord extension) {
        int offered = extension == null ? PLAIN_DATAGRAM : extension.getPayloadSize();
        return Math.max(PLAIN_DATAGRAM, Math.min(offered, LARGEST_DATAGRAM));
    }

    private static Optional<String> address(Name name) {
        try {
            return Optional.of(ReverseMap.fromName(name).getHostAddress());
        } catch (UnknownHostException incomplete) {
            return Optional.empty();
        }
    }

    private static Optional<Name> absolute(String name) {
        try {
            return Optional.of(Name.fromString(name + "."));
        } catch (TextParseException unusable) {
            return Optional.empty();
        }
    }

    private static InetAddress inet(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address is parsed, never looked up", e);
        }
    }
}
