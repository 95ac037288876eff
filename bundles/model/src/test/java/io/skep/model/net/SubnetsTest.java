package io.skep.model.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skep.model.SkepException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubnetsTest {
    private static List<Subnet> subnets(String... cidrs) {
        return Arrays.stream(cidrs).map(Subnet::parse).toList();
    }

    @Test
    void readsAndWrites() {
        Subnet subnet = Subnet.parse("10.0.1.77/24");
        assertThat(subnet).hasToString("10.0.1.0/24");
        assertThat(Subnet.text(subnet.first())).isEqualTo("10.0.1.1");
        assertThat(Subnet.text(subnet.broadcast())).isEqualTo("10.0.1.255");
        assertThat(subnet.contains(Subnet.parseAddress("10.0.1.9"))).isTrue();
        assertThat(subnet.contains(Subnet.parseAddress("10.0.2.0"))).isFalse();
        assertThat(Subnet.parse("255.0.0.0/8").broadcast()).isEqualTo((1L << 32) - 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0.0",
                "10.0.0/24",
                "10.0.0.256/24",
                "10.0.0.0/33",
                "10.0.0.0/",
                "10.0.0.0/-1",
                "a.b.c.d/8",
                "1.2.3.4.5/8"
            })
    void refusesWhatIsMalformed(String cidr) {
        assertThatThrownBy(() -> Subnet.parse(cidr))
                .isInstanceOf(SkepException.class)
                .hasMessageContaining(cidr);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.1.0.0/16, true",
        "10.1.0.0/16, 10.0.0.0/8, true",
        "10.0.0.0/24, 10.0.1.0/24, false",
        "0.0.0.0/0, 192.168.0.0/16, true",
    })
    void overlaps(String left, String right, boolean expected) {
        assertThat(Subnet.parse(left).overlaps(Subnet.parse(right))).isEqualTo(expected);
    }

    @Test
    void cutsTheFirstFreeSubnet() {
        Subnet pool = Subnet.parse("10.0.0.0/8");
        assertThat(Subnets.firstFree(pool, 24, List.of())).contains(Subnet.parse("10.0.0.0/24"));
        assertThat(Subnets.firstFree(pool, 24, subnets("10.0.0.0/24", "10.0.1.128/25", "192.168.0.0/16")))
                .contains(Subnet.parse("10.0.2.0/24"));
        assertThat(Subnets.firstFree(pool, 24, subnets("10.0.0.0/9"))).contains(Subnet.parse("10.128.0.0/24"));
        assertThat(Subnets.firstFree(pool, 24, subnets("10.0.1.0/24"))).contains(Subnet.parse("10.0.0.0/24"));
        assertThat(Subnets.firstFree(pool, 24, subnets("0.0.0.0/0"))).isEmpty();
        assertThat(Subnets.firstFree(pool, 7, List.of())).isEmpty();
    }

    @Test
    void givesAddressesInTurnUntilNoneIsLeft() {
        Subnet tiny = Subnet.parse("10.0.0.0/29");
        Set<Long> used = new TreeSet<>(List.of(tiny.first()));
        long last = -1;
        StringBuilder given = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            last = Subnets.nextFree(tiny, last, used::contains).orElseThrow();
            used.add(last);
            given.append(Subnet.text(last)).append(' ');
        }
        assertThat(given).hasToString("10.0.0.2 10.0.0.3 10.0.0.4 10.0.0.5 10.0.0.6 ");
        assertThat(Subnets.nextFree(tiny, last, used::contains)).isEmpty();
        used.remove(Subnet.parseAddress("10.0.0.4"));
        assertThat(Subnets.nextFree(tiny, last, used::contains)).hasValue(Subnet.parseAddress("10.0.0.4"));
    }

    @Test
    void walksTheHosts() {
        assertThat(Subnets.hosts(Subnet.parse("10.0.0.8/30")))
                .extracting(Subnet::text)
                .containsExactly("10.0.0.9", "10.0.0.10");
        assertThat(Subnets.hosts(Subnet.parse("10.0.0.8/32"))).isEmpty();
    }
}
