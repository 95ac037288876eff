package io.skep.cluster.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DiskTest {
    private static Lab lab;

    @BeforeAll
    static void switchOn() {
        lab = Lab.create(LabSpec.of(1).withDisks(256), Place.configured());
        lab.host(1).powerOn();
    }

    @AfterAll
    static void end() {
        lab.close();
    }

    private static Output bash(String line) {
        return lab.host(1).run("bash", "-c", line);
    }

    private static void cutPower() {
        lab.host(1).powerOff();
        lab.host(1).powerOn();
    }

    @Test
    void aPowerCutTakesWhatWasNotFlushedAndNothingElse() {
        bash("echo kept >/srv/flushed; sync /srv/flushed /srv").text();
        bash("echo lost >/srv/cached; echo more >>/srv/flushed").text();
        cutPower();
        assertThat(bash("cat /srv/flushed").text()).isEqualTo("kept");
        assertThat(bash("cat /srv/cached").succeeded()).isFalse();
    }

    @Test
    void itHoldsForManyPowerCuts() {
        for (int round = 1; round <= 10; round++) {
            bash("echo " + round + " >>/srv/rounds; sync /srv/rounds; echo lost >>/srv/rounds")
                    .text();
            cutPower();
        }
        assertThat(bash("cat /srv/rounds").text().lines()).hasSize(10).doesNotContain("lost");
    }

    @Test
    void aFullDiskTakesNothing() {
        lab.host(1).fillDisk();
        assertThat(bash("echo x >/srv/more").err()).contains("No space left");
        lab.host(1).freeDisk();
        assertThat(bash("echo x >/srv/more").succeeded()).isTrue();
    }
}
