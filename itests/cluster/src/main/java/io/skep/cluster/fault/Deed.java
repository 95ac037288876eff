package io.skep.cluster.fault;

import io.skep.cluster.lab.Host;
import io.skep.cluster.lab.Lab;
import java.util.Arrays;
import java.util.Locale;

/** What can be done to a lab, and how it reads. Hosts are named by their numbers, durations in milliseconds. */
public enum Deed {
    /** Cuts two hosts off from each other. */
    CUT("A B"),
    /** Drops what one host sends to another. */
    CUT_ONE_WAY("FROM TO"),
    /** Cuts a group of hosts off from the others. */
    ISOLATE("HOST[,HOST...]"),
    /** Takes all cuts back. */
    HEAL(""),
    /** Makes a host's link bad; loss and duplication are shares of the frames. */
    SLOW("HOST DELAY JITTER LOSS DUPLICATION SEED"),
    /** Makes it good again. */
    STEADY("HOST"),
    /** Stops everything on a host. */
    PAUSE("HOST"),
    /** Lets it go on. */
    RESUME("HOST"),
    /** Ends a host's node at once; its containers go on. */
    KILL("HOST"),
    /** Starts it again. */
    START("HOST"),
    /** Cuts a host's power. */
    OFF("HOST"),
    /** Switches it on, with its node. */
    UP("HOST"),
    /** Cuts everybody's power. */
    ALL_OFF(""),
    /** Switches everybody on. */
    ALL_UP(""),
    /** Leaves no room on a host's disk. */
    FILL("HOST"),
    /** Gives it back. */
    FREE("HOST"),
    /** Sets a host's clock to so much from the true time. */
    CLOCK("HOST OFFSET");

    private final String parameters;

    Deed(String parameters) {
        this.parameters = parameters;
    }

    /**
     * The deed of that name.
     *
     * @throws IllegalArgumentException when there is none
     */
    static Deed named(String name) {
        return Arrays.stream(values())
                .filter(deed -> deed.text().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no fault is called " + name));
    }

    /** Its name. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Its name and what it needs, for a help text. */
    public String usage() {
        return (text() + " " + parameters).strip();
    }

    int parameters() {
        return parameters.isEmpty() ? 0 : parameters.split(" ", -1).length;
    }

    void act(Lab lab, Words words) {
        switch (this) {
            case CUT -> lab.network().cut(words.number(0), words.number(1));
            case CUT_ONE_WAY -> lab.network().cutOneWay(words.number(0), words.number(1));
            case ISOLATE -> lab.network().isolate(words.numbers(0));
            case HEAL -> lab.network().heal();
            case SLOW -> lab.network().slow(words.number(0), words.impairment(1), words.seed(5));
            case STEADY -> lab.network().steady(words.number(0));
            case PAUSE -> words.host(lab).pause();
            case RESUME -> words.host(lab).resume();
            case KILL -> words.host(lab).killNode();
            case START -> words.host(lab).startNode();
            case OFF -> words.host(lab).powerOff();
            case UP -> words.host(lab).up();
            case ALL_OFF -> Lab.onAll(lab.hosts(), Host::powerOff);
            case ALL_UP -> lab.up();
            case FILL -> words.host(lab).fillDisk();
            case FREE -> words.host(lab).freeDisk();
            case CLOCK -> words.host(lab).stepClock(words.duration(1));
        }
    }
}
