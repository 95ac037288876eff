package io.skep.cluster.fault;

import io.skep.cluster.lab.LabSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A fault with what mends it. */
enum Trouble {
    PAUSE {
        @Override
        Episode make(Random chance, LabSpec lab) {
            return ofHost(any(chance, lab), Deed.PAUSE, Deed.RESUME);
        }
    },
    KILL {
        @Override
        Episode make(Random chance, LabSpec lab) {
            return ofHost(any(chance, lab), Deed.KILL, Deed.START);
        }
    },
    OFF {
        @Override
        Episode make(Random chance, LabSpec lab) {
            return ofHost(any(chance, lab), Deed.OFF, Deed.UP);
        }
    },
    ALL_OFF {
        @Override
        Episode make(Random chance, LabSpec lab) {
            return new Episode(Fault.of(Deed.ALL_OFF), Fault.of(Deed.ALL_UP));
        }
    },
    FILL {
        @Override
        Episode make(Random chance, LabSpec lab) {
            int host = any(chance, lab);
            // A node that could not write its log stops on purpose until it is started again, as the guide for
            // operators says.
            return new Episode(
                    Fault.of(Deed.FILL, host),
                    List.of(Fault.of(Deed.FREE, host), Fault.of(Deed.KILL, host), Fault.of(Deed.START, host)));
        }
    },
    CLOCK {
        @Override
        Episode make(Random chance, LabSpec lab) {
            List<Integer> hosts = List.copyOf(lab.clocks());
            int host = hosts.get(chance.nextInt(hosts.size()));
            int offset = chance.nextInt(2 * FAR_MILLIS) - FAR_MILLIS;
            return new Episode(Fault.of(Deed.CLOCK, host, offset), Fault.of(Deed.CLOCK, host, 0));
        }
    },
    CUT {
        @Override
        Episode make(Random chance, LabSpec lab) {
            List<Integer> two = some(chance, lab, 2);
            return new Episode(Fault.of(Deed.CUT, two.get(0), two.get(1)), Fault.of(Deed.HEAL));
        }
    },
    CUT_ONE_WAY {
        @Override
        Episode make(Random chance, LabSpec lab) {
            List<Integer> two = some(chance, lab, 2);
            return new Episode(Fault.of(Deed.CUT_ONE_WAY, two.get(0), two.get(1)), Fault.of(Deed.HEAL));
        }
    },
    ISOLATE {
        @Override
        Episode make(Random chance, LabSpec lab) {
            List<Integer> group = some(chance, lab, 1 + chance.nextInt(lab.hosts() - 1));
            String names = group.stream().map(String::valueOf).collect(Collectors.joining(","));
            return new Episode(Fault.of(Deed.ISOLATE, names), Fault.of(Deed.HEAL));
        }
    },
    SLOW {
        @Override
        Episode make(Random chance, LabSpec lab) {
            int host = any(chance, lab);
            Fault slow = Fault.of(
                    Deed.SLOW,
                    host,
                    chance.nextInt(SLOW_MILLIS),
                    chance.nextInt(SLOW_MILLIS),
                    share(chance),
                    share(chance),
                    chance.nextInt(Integer.MAX_VALUE));
            return new Episode(slow, Fault.of(Deed.STEADY, host));
        }
    };

    private static final int FAR_MILLIS = 3_600_000;
    private static final int SLOW_MILLIS = 100;
    private static final double LARGEST_SHARE = 0.2;

    /** One of these by chance. */
    abstract Episode make(Random chance, LabSpec lab);

    /**
     * What happens, and what mends it.
     *
     * @param begin the fault
     * @param end its end, in this order
     */
    record Episode(Fault begin, List<Fault> end) {
        Episode(Fault begin, Fault end) {
            this(begin, List.of(end));
        }
    }

    private static Episode ofHost(int host, Deed begin, Deed end) {
        return new Episode(Fault.of(begin, host), Fault.of(end, host));
    }

    private static int any(Random chance, LabSpec lab) {
        return 1 + chance.nextInt(lab.hosts());
    }

    private static List<Integer> some(Random chance, LabSpec lab, int count) {
        List<Integer> hosts =
                new ArrayList<>(IntStream.rangeClosed(1, lab.hosts()).boxed().toList());
        Collections.shuffle(hosts, chance);
        return hosts.subList(0, count);
    }

    private static String share(Random chance) {
        return String.format(Locale.ROOT, "%.3f", chance.nextDouble() * LARGEST_SHARE);
    }
}
