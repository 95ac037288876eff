package io.skep.discovery;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;

/** The node's own resolvers, read again when their file changes; used by one thread. */
final class Upstreams {
    private static final int DNS = 53;

    private final Path resolvConf;
    private FileTime readAt = FileTime.fromMillis(0);
    private List<InetSocketAddress> servers = List.of();

    Upstreams(Path resolvConf) {
        this.resolvConf = resolvConf;
    }

    /** Whom to ask, in order; empty when the node has no resolver. */
    List<InetSocketAddress> servers() {
        try {
            FileTime changedAt = Files.getLastModifiedTime(resolvConf);
            if (!changedAt.equals(readAt)) {
                servers = parse(Files.readString(resolvConf));
                readAt = changedAt;
            }
        } catch (IOException absent) {
            servers = List.of();
        }
        return servers;
    }

    /** The nameserver lines of resolv.conf(5). */
    static List<InetSocketAddress> parse(String text) {
        return text.lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> words.length > 1 && words[0].equals("nameserver"))
                .flatMap(words -> server(words[1]).stream())
                .toList();
    }

    private static Optional<InetSocketAddress> server(String word) {
        boolean literal = word.matches("[0-9.]+") || word.contains(":");
        try {
            return literal ? Optional.of(new InetSocketAddress(InetAddress.getByName(word), DNS)) : Optional.empty();
        } catch (UnknownHostException malformed) {
            return Optional.empty();
        }
    }
}
