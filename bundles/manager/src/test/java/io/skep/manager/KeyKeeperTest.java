package io.skep.manager;

import static io.skep.manager.Samples.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.skep.contracts.kernel.ManualLoop;
import io.skep.model.GossipKey;
import io.skep.model.RootAuthority;
import io.skep.model.Sensitive;
import io.skep.model.Trust;
import io.skep.model.table.Table;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What time and the nodes' renewals do to the keys of a swarm. */
class KeyKeeperTest {
    private final ManualLoop loop = new ManualLoop();
    private final MemoryStore store = new MemoryStore();
    private final Issuers issuers = new Issuers();
    private final KeyKeeper keeper = new KeyKeeper(store, new NamedAuthority(), issuers, loop);

    @BeforeEach
    void found() {
        store.write(
                put(Table.SWARM, Samples.swarm()),
                put(Table.TRUST, Samples.trust()),
                put(Table.NODES, Samples.manager("m1")),
                put(Table.NODES, Samples.node("w1")));
        store.lead(1);
        loop.settle();
    }

    private Trust trust() {
        return store.snapshot().trust().orElseThrow();
    }

    @Test
    void gossipGetsANewKeyTwiceADayAndTheLastThreeAreUnderstood() {
        loop.pass(Duration.ofHours(11));
        assertThat(trust().gossipKeys()).hasSize(1);
        loop.pass(Duration.ofHours(2));
        assertThat(trust().gossipKeys()).extracting(GossipKey::number).containsExactly(1, 2);
        loop.pass(Duration.ofDays(2));
        assertThat(trust().gossipKeys()).extracting(GossipKey::number).containsExactly(4, 5, 6);
        assertThat(trust().gossipKeys()).extracting(GossipKey::key).doesNotHaveDuplicates();
    }

    @Test
    void aRevocationIsForgottenWhenNoCertificateNeedsIt() {
        store.write(put(Table.TRUST, Samples.revoked(Samples.trust(), "gone")));
        loop.pass(Duration.ofHours(11));
        assertThat(trust().revoked()).hasSize(1);
        loop.pass(Duration.ofHours(14));
        assertThat(trust().revoked()).isEmpty();
    }

    @Test
    void aRotationOfTheRootEndsWhenAllNodesHaveFollowed() {
        RootAuthority next = new RootAuthority("root 1\n", new Sensitive("key 1"));
        store.write(
                put(Table.TRUST, KeyPlans.withRoot(Samples.trust(), next, List.of("root 0\n"), "root 1 by root 0\n")));
        issuers.tell("m1", "root-1");
        issuers.tell("w1", "root-0");
        loop.pass(Duration.ofMinutes(5));
        assertThat(trust().formerRoots()).hasSize(1);
        issuers.tell("w1", "root-1");
        loop.settle();
        assertThat(trust().formerRoots()).isEmpty();
        assertThat(trust().crossSigned()).isEmpty();
        assertThat(trust().root()).isEqualTo(next);
    }

    @Test
    void onlyTheLeaderKeepsKeys() {
        store.loseLead();
        loop.pass(Duration.ofDays(2));
        assertThat(trust().gossipKeys()).hasSize(1);
        keeper.stop();
        assertThat(store.watching()).isZero();
    }
}
