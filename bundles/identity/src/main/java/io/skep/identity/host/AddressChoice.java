package io.skep.identity.host;

import io.skep.api.identity.Addresses;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Chooses a node's {@link Place} from what the operator said and what the host has. Pure. */
public final class AddressChoice {
    private static final String EVERY = "0.0.0.0";
    private static final String LOOPBACK = "127.0.0.1";
    private static final Pattern NUMERIC = Pattern.compile("[0-9.]+");

    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})";

    /** All of these are this host's, though only one is listed. */
    private static final Pattern LOCAL = Pattern.compile("127(\\." + OCTET + "){3}");

    /** Bridges and the host's ends of containers' cables lead to no other host. */
    private static final Pattern INWARD = Pattern.compile("(docker|skep|br-|veth|virbr).*");

    private final HostView host;

    public AddressChoice(HostView host) {
        this.host = host;
    }

    /**
     * The place of a node that enters a swarm.
     *
     * @param usualPort where nothing else is said
     * @throws SkepException {@code INVALID_ARGUMENT} for what is no address of this host, or when several could be meant
     */
    public Place choose(Addresses said, int usualPort) {
        HostPort listen = HostPort.parse(said.listen().orElse(EVERY), usualPort);
        String listenHost = listen.host().equals(EVERY) ? EVERY : own(listen.host());
        HostPort advertise = said.advertise()
                .map(text -> HostPort.parse(text, listen.port()))
                .orElseGet(() -> new HostPort(EVERY, listen.port()));
        return new Place(said, advertised(said, advertise, listenHost), advertise.port(), listenHost, listen.port());
    }

    /**
     * The place of a node that starts again. A host that was given other addresses meanwhile is found under a new one; when nothing can be
     * found out, as before its network is up, it is the former.
     */
    public Place again(Place former) {
        if (has(former.advertiseHost())) {
            return former;
        }
        Optional<String> found =
                interfaceOf(former.said()).or(this::outward).filter(address -> !address.equals(LOOPBACK));
        String listen = former.listenHost().equals(EVERY) || has(former.listenHost())
                ? former.listenHost()
                : found.orElse(former.listenHost());
        return new Place(
                former.said(),
                found.orElse(former.advertiseHost()),
                former.advertisePort(),
                listen,
                former.listenPort());
    }

    private String advertised(Addresses said, HostPort advertise, String listenHost) {
        if (said.advertise().isPresent()) {
            if (advertise.host().equals(EVERY)) {
                throw invalid("other nodes cannot reach " + EVERY + "; advertise one address of this host");
            }
            return own(advertise.host());
        }
        return listenHost.equals(EVERY) ? outward().orElseThrow(this::ambiguous) : listenHost;
    }

    private Optional<String> outward() {
        if (host.route().isPresent()) {
            return host.route();
        }
        List<String> facing = facing();
        return switch (facing.size()) {
            case 0 -> Optional.of(LOOPBACK);
            case 1 -> Optional.of(facing.get(0));
            default -> Optional.empty();
        };
    }

    private Optional<String> interfaceOf(Addresses said) {
        return said.advertise()
                .map(text -> HostPort.parse(text, 1).host())
                .flatMap(this::named)
                .filter(one -> one.addresses().size() == 1)
                .map(one -> one.addresses().get(0));
    }

    /** The address that is meant, if this host has it. */
    private String own(String text) {
        Optional<HostView.Interface> named = named(text);
        if (named.isPresent()) {
            return only(named.get());
        }
        if (has(text)) {
            return text;
        }
        String none = NUMERIC.matcher(text).matches()
                ? "is not an address of this host"
                : "is neither an IPv4 address nor an interface of this host";
        throw invalid("'" + text + "' " + none + ", which has " + list(one -> true));
    }

    private static String only(HostView.Interface one) {
        List<String> addresses = one.addresses();
        if (addresses.size() == 1) {
            return addresses.get(0);
        }
        throw invalid(
                addresses.isEmpty()
                        ? "interface " + one.name() + " has no IPv4 address"
                        : "interface " + one.name() + " has more than one IPv4 address; give one of "
                                + String.join(", ", addresses));
    }

    private SkepException ambiguous() {
        return invalid("could not choose an address to advertise, since this host has several ("
                + list(AddressChoice::faces) + ") and no default route; give one with --advertise-addr");
    }

    private List<String> facing() {
        return host.interfaces().stream()
                .filter(AddressChoice::faces)
                .flatMap(one -> one.addresses().stream())
                .toList();
    }

    private Optional<HostView.Interface> named(String name) {
        return host.interfaces().stream().filter(one -> one.name().equals(name)).findFirst();
    }

    private boolean has(String address) {
        return LOCAL.matcher(address).matches()
                || host.interfaces().stream().anyMatch(one -> one.addresses().contains(address));
    }

    private static boolean faces(HostView.Interface one) {
        return !one.loopback() && !INWARD.matcher(one.name()).matches();
    }

    private String list(Predicate<HostView.Interface> which) {
        return host.interfaces().stream()
                .filter(one -> !one.addresses().isEmpty() && which.test(one))
                .map(one -> String.join(" and ", one.addresses()) + " on " + one.name())
                .collect(Collectors.joining(", "));
    }

    private static SkepException invalid(String message) {
        return new SkepException(ErrorCode.INVALID_ARGUMENT, message);
    }
}
