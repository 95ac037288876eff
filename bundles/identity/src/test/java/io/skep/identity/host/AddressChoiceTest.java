package io.skep.identity.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.identity.Addresses;
import io.skep.contracts.table.TextTable;
import io.skep.model.SkepException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class AddressChoiceTest {
    private static final int USUAL = 2377;

    @TestFactory
    Stream<DynamicTest> addresses() {
        return TextTable.of("tables/addresses.txt", AddressChoiceTest::choose);
    }

    private static String choose(String input) {
        List<String> lines = input.lines().toList();
        List<HostView.Interface> interfaces = new ArrayList<>();
        Optional<String> route = Optional.empty();
        for (String line : lines.subList(0, lines.size() - 1)) {
            List<String> words = Arrays.asList(line.split(" ", -1));
            if (words.get(0).equals("route")) {
                route = Optional.of(words.get(1));
            } else {
                interfaces.add(new HostView.Interface(
                        words.get(0), words.get(0).equals("lo"), words.subList(1, words.size())));
            }
        }
        try {
            Place place = asked(new AddressChoice(new HostView(interfaces, route)), lines.get(lines.size() - 1));
            return place.advertised() + " on " + place.listenHost() + ":" + place.listenPort();
        } catch (SkepException e) {
            return e.code() + " " + e.getMessage();
        }
    }

    private static Place asked(AddressChoice choice, String line) {
        List<String> words = Arrays.asList(line.split(" ", -1));
        Addresses said = new Addresses(value(words, "advertise="), value(words, "listen="));
        if (words.get(0).equals("choose")) {
            return choice.choose(said, USUAL);
        }
        HostPort advertised = HostPort.parse(words.get(1), USUAL);
        HostPort listening = HostPort.parse(words.get(3), USUAL);
        return choice.again(new Place(said, advertised.host(), advertised.port(), listening.host(), listening.port()));
    }

    private static Optional<String> value(List<String> words, String name) {
        return words.stream()
                .filter(word -> word.startsWith(name))
                .map(word -> word.substring(name.length()))
                .findFirst();
    }

    @Test
    void thisHostIsSeen() {
        HostView host = HostView.towards(List.of("127.0.0.1"));

        assertThat(host.route()).contains("127.0.0.1");
        assertThat(host.interfaces())
                .anyMatch(one -> one.loopback() && one.addresses().contains("127.0.0.1"));
        assertThat(HostView.towards(List.of("::1", "127.0.0.1")).route()).contains("127.0.0.1");
    }

    @Test
    void aPlaceIsListenedOn() {
        Place place = new Place(Addresses.CHOSEN, "192.0.2.10", 1, "0.0.0.0", 2);
        assertThat(place.listening().getAddress().isAnyLocalAddress()).isTrue();
        assertThat(place.listening().getPort()).isEqualTo(2);
    }
}
