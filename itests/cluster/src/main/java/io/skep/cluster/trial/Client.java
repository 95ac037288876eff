package io.skep.cluster.trial;

import io.skep.cluster.judge.Name;
import io.skep.cluster.judge.Operation;
import io.skep.cluster.judge.Register;
import io.skep.cluster.lab.Host;
import io.skep.cluster.lab.Output;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One who asks one manager after the other. A service without tasks is a register, whose value is a label; the names of networks are taken
 * and freed. One thread at a time.
 */
final class Client {
    private static final String LABEL = "register";
    private static final Pattern VALUE = Pattern.compile("\"" + LABEL + "\"\\s*:\\s*\"([^\"]*)\"");

    private final int number;
    private final Random chance;
    private final List<Host> managers;
    private final List<String> registers;
    private final List<String> names;
    private final Histories histories;
    private int writes;

    Client(
            int number,
            long seed,
            List<Host> managers,
            List<String> registers,
            List<String> names,
            Histories histories) {
        this.number = number;
        this.chance = new Random(seed);
        this.managers = managers;
        this.registers = registers;
        this.names = names;
        this.histories = histories;
    }

    /** Asks one thing, chosen by chance, and notes the answer. */
    void ask() {
        Host host = any(managers);
        switch (chance.nextInt(5)) {
            case 0 -> take(host, any(names));
            case 1 -> free(host, any(names));
            case 2, 3 -> write(host, any(registers));
            default -> read(host, any(registers));
        }
    }

    private <T> T any(List<T> some) {
        return some.get(chance.nextInt(some.size()));
    }

    /** Reads a register. */
    void read(Host host, String register) {
        long from = System.nanoTime();
        Output output = host.skep("swarm:service-inspect", register);
        long to = System.nanoTime();
        histories.note(number, host.name() + " read " + register, from, to, output);
        Verdict verdict = Verdict.of(output);
        if (verdict == Verdict.DONE || verdict == Verdict.REFUSED) {
            note(register, Register.READ, verdict == Verdict.DONE ? value(output.out()) : output.err(), from, to);
        }
    }

    private static String value(String json) {
        Matcher value = VALUE.matcher(json);
        return value.find() ? value.group(1) : "";
    }

    private void write(Host host, String register) {
        String value = "c" + number + "w" + ++writes;
        long from = System.nanoTime();
        Output output = host.skep("swarm:service-update", "-d", "--label-add", LABEL + "=" + value, register);
        long to = System.nanoTime();
        histories.note(number, host.name() + " write " + value + " to " + register, from, to, output);
        switch (Verdict.of(output)) {
            case DONE -> note(register, Register.write(value), value, from, to);
            case UNKNOWN -> histories.addRegister(Operation.unknown(number, register, Register.write(value), from));
            // The service should be there: the judge shall stumble over this.
            case REFUSED -> note(register, Register.READ, output.err(), from, to);
            case NOT_DONE -> {}
        }
    }

    private void note(String register, Register.Call call, String answer, long from, long to) {
        histories.addRegister(Operation.answered(number, register, call, answer, from, to));
    }

    private void take(Host host, String name) {
        name(name, Name.Call.TAKE, host, "swarm:network-create");
    }

    private void free(Host host, String name) {
        name(name, Name.Call.FREE, host, "swarm:network-rm");
    }

    private void name(String name, Name.Call call, Host host, String command) {
        long from = System.nanoTime();
        Output output = host.skep(command, name);
        long to = System.nanoTime();
        histories.note(number, host.name() + " " + command + " " + name, from, to, output);
        switch (Verdict.of(output)) {
            case DONE -> histories.addName(Operation.answered(number, name, call, true, from, to));
            case REFUSED -> histories.addName(Operation.answered(number, name, call, false, from, to));
            case UNKNOWN -> histories.addName(Operation.unknown(number, name, call, from));
            case NOT_DONE -> {}
        }
    }
}
