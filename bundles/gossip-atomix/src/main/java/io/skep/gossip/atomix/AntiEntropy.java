package io.skep.gossip.atomix;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Spreads what changes: own statements go to every member at once, and what was lost is found by comparing hashes, then
 * versions, with one member after the other (Demers et al., Epidemic algorithms for replicated database maintenance, 1987).
 * Reactor's thread.
 */
final class AntiEntropy {
    private static final int ENOUGH_FOR_A_MESSAGE = 256 << 10;
    private static final int COMPARED_AT_ONCE = 3;
    /** How long after a change a push of it may have been lost without SWIM noticing the loss. */
    private static final long RECENT_NANOS = Duration.ofSeconds(5).toNanos();
    /** With more peers than these, comparing often costs more than it brings. */
    private static final int FEW_PEERS = 50;

    private static final int OFTEN = 5;

    private final Post post;
    private final Tables tables;
    private final Roster roster;
    private final Retention retention;
    private final Consumer<Endpoint> unknownMember;
    private int turn;
    private long changedAt = System.nanoTime() - RECENT_NANOS;

    /**
     * @param unknownMember told where someone is that another node knows and we do not
     */
    AntiEntropy(Post post, Tables tables, Roster roster, Retention retention, Consumer<Endpoint> unknownMember) {
        this.post = post;
        this.tables = tables;
        this.roster = roster;
        this.retention = retention;
        this.unknownMember = unknownMember;
        post.reader(Kind.SUMMARY, this::summary);
        post.reader(Kind.DIGEST, this::digest);
        post.reader(Kind.PULL, (sender, body) -> answer(sender, TableWire.versions(body)));
        post.reader(Kind.DELTAS, this::deltas);
    }

    /** Sends an own statement to everybody. */
    void push(Delta delta) {
        changedAt = System.nanoTime();
        WireWriter message = post.message(Kind.DELTAS).i32(1);
        TableWire.delta(message, delta);
        roster.peers().forEach(peer -> post.send(peer, message));
    }

    /**
     * When to compare again: often as long as a lost push may wait to be found, else every {@code usual}.
     */
    Duration pause(Duration usual) {
        boolean recent = System.nanoTime() - changedAt < RECENT_NANOS;
        return recent && roster.peers().size() <= FEW_PEERS ? usual.dividedBy(OFTEN) : usual;
    }

    /** Compares with the next member. */
    void compareWithNext() {
        List<Endpoint> peers = roster.peers();
        if (!peers.isEmpty()) {
            compare(peers.get(Math.floorMod(turn++, peers.size())));
        }
    }

    /** Offers members that may lack something the own tables, and compares the rest with a few of them. */
    void welcome(List<Endpoint> appeared) {
        Map<UnitId, UnitVersion> own = tables.digest(roster::isSelf);
        appeared.forEach(member -> sendDigest(member, false, own));
        appeared.stream().limit(COMPARED_AT_ONCE).forEach(this::compare);
    }

    private void compare(Endpoint with) {
        post.send(with, post.message(Kind.SUMMARY).i64(hash()));
    }

    private Map<UnitId, UnitVersion> all() {
        long now = System.nanoTime();
        return tables.digest(owner -> retention.offered(owner, now));
    }

    /** A sum over members and versions: the order in which they became known does not matter. */
    private long hash() {
        long sum = mixed(roster.selfId().hashCode());
        for (String id : roster.peerIds()) {
            sum += mixed(id.hashCode());
        }
        for (Map.Entry<UnitId, UnitVersion> unit : all().entrySet()) {
            long id = mixed(unit.getKey().owner().hashCode())
                    ^ unit.getKey().table().hashCode();
            sum += mixed(
                    mixed(id) ^ mixed(unit.getValue().run()) ^ unit.getValue().counter());
        }
        return sum;
    }

    /** The finalizer of SplitMix64 (Steele, Lea, Flood, 2014). */
    private static long mixed(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    private void summary(Endpoint sender, WireReader body) {
        if (body.i64() != hash()) {
            changedAt = System.nanoTime();
            sendDigest(sender, true, all());
        }
    }

    private void sendDigest(Endpoint to, boolean complete, Map<UnitId, UnitVersion> versions) {
        WireWriter message = post.message(Kind.DIGEST).u8(complete ? 1 : 0);
        TableWire.versions(message, versions);
        List<Endpoint> members = complete ? roster.peers() : List.of();
        message.i32(members.size());
        members.forEach(message::endpoint);
        post.send(to, message);
    }

    private void digest(Endpoint sender, WireReader body) {
        boolean complete = body.u8() != 0;
        Map<UnitId, UnitVersion> theirs = TableWire.versions(body);
        List<Endpoint> members = body.list(body::endpoint);
        pull(sender, theirs);
        Map<UnitId, UnitVersion> asked = new TreeMap<>(theirs);
        if (complete) {
            all().keySet().forEach(id -> asked.putIfAbsent(id, UnitVersion.NOTHING));
        }
        answer(sender, asked);
        members.stream()
                .filter(member -> !roster.knows(member))
                .limit(COMPARED_AT_ONCE)
                .forEach(unknownMember);
    }

    private void pull(Endpoint from, Map<UnitId, UnitVersion> theirs) {
        Map<UnitId, UnitVersion> wanted = new TreeMap<>();
        theirs.forEach((id, version) -> {
            UnitVersion ours = tables.version(id);
            if (version.newerThan(ours)) {
                wanted.put(id, ours);
            }
        });
        if (!wanted.isEmpty()) {
            WireWriter message = post.message(Kind.PULL);
            TableWire.versions(message, wanted);
            post.send(from, message);
        }
    }

    /** Sends what someone lacks that has these versions, in messages of a bearable size. */
    private void answer(Endpoint to, Map<UnitId, UnitVersion> known) {
        WireWriter batch = new WireWriter();
        int count = 0;
        for (Map.Entry<UnitId, UnitVersion> unit : known.entrySet()) {
            Optional<Delta> delta = tables.since(unit.getKey(), unit.getValue());
            if (delta.isPresent()) {
                TableWire.delta(batch, delta.get());
                count++;
            }
            if (batch.size() >= ENOUGH_FOR_A_MESSAGE) {
                sendBatch(to, count, batch);
                batch = new WireWriter();
                count = 0;
            }
        }
        if (count > 0) {
            sendBatch(to, count, batch);
        }
    }

    private void sendBatch(Endpoint to, int count, WireWriter batch) {
        post.send(to, post.message(Kind.DELTAS).i32(count).append(batch));
    }

    private void deltas(Endpoint sender, WireReader body) {
        Map<UnitId, UnitVersion> gaps = new TreeMap<>();
        for (Delta delta : body.list(() -> TableWire.delta(body))) {
            if (tables.apply(delta) == Unit.Outcome.GAP) {
                gaps.put(delta.unit(), delta.version());
            }
        }
        pull(sender, gaps);
    }
}
