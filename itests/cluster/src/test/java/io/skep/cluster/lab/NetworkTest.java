package io.skep.cluster.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NetworkTest {
    private static Lab lab;

    @BeforeAll
    static void switchOn() {
        lab = Lab.create(3);
        Lab.onAll(lab.hosts(), Host::powerOn);
    }

    @AfterAll
    static void end() {
        lab.close();
    }

    @AfterEach
    void repair() {
        lab.network().heal();
        lab.hosts().forEach(host -> lab.network().steady(host.number()));
    }

    private static boolean reaches(int from, int to) {
        return Reach.bothWays(lab.host(from), lab.host(to));
    }

    @Test
    void hostsReachEachOther() {
        assertThat(reaches(1, 2)).isTrue();
        assertThat(reaches(3, 1)).isTrue();
    }

    @Test
    void aCutParts2HostsAndHealingJoinsThem() {
        lab.network().cut(1, 2);
        assertThat(reaches(1, 2)).isFalse();
        assertThat(reaches(1, 3)).isTrue();
        assertThat(reaches(2, 3)).isTrue();
        lab.network().heal();
        assertThat(reaches(1, 2)).isTrue();
    }

    @Test
    void aOneWayCutLetsTheOtherWayOpen() {
        lab.network().cutOneWay(1, 2);
        assertThat(Reach.oneWay(lab.host(1), lab.host(2))).isFalse();
        assertThat(Reach.oneWay(lab.host(2), lab.host(1))).isTrue();
        assertThat(reaches(2, 1)).isFalse();
    }

    @Test
    void anIsolatedHostReachesNobody() {
        lab.network().isolate(3);
        assertThat(reaches(3, 1)).isFalse();
        assertThat(reaches(2, 3)).isFalse();
        assertThat(reaches(1, 2)).isTrue();
    }

    @Test
    void aSlowLinkDelaysBothWays() {
        assertThat(Reach.milliseconds(lab.host(1), lab.host(2))).isLessThan(50);
        lab.network().slow(1, Impairment.delay(Duration.ofMillis(50)), 1);
        assertThat(Reach.milliseconds(lab.host(1), lab.host(2))).isBetween(100.0, 250.0);
        assertThat(Reach.milliseconds(lab.host(2), lab.host(3))).isLessThan(50);
        lab.network().steady(1);
        assertThat(Reach.milliseconds(lab.host(1), lab.host(2))).isLessThan(50);
    }

    @Test
    void aSlowLinkCanBeCutToo() {
        lab.network().slow(1, Impairment.delay(Duration.ofMillis(1)), 1);
        lab.network().cut(1, 2);
        assertThat(reaches(1, 2)).isFalse();
        assertThat(reaches(1, 3)).isTrue();
    }

    @Test
    void aLinkThatLosesEverythingIsAsCut() {
        lab.network().slow(2, Impairment.loss(1), 1);
        assertThat(reaches(2, 1)).isFalse();
        lab.network().slow(2, Impairment.loss(0), 1);
        assertThat(reaches(2, 1)).isTrue();
    }

    @Test
    void aSlowLinkStaysSlowWhenItsHostIsSwitchedOffAndOn() {
        lab.network().slow(3, Impairment.delay(Duration.ofMillis(30)), 1);
        lab.host(3).powerOff();
        lab.host(3).powerOn();
        assertThat(Reach.milliseconds(lab.host(1), lab.host(3))).isBetween(60.0, 200.0);
    }
}
