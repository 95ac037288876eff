package io.skep.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skep.api.consensus.Group;
import io.skep.api.store.Transaction;
import io.skep.model.ErrorCode;
import io.skep.model.Network;
import io.skep.model.NetworkSpec;
import io.skep.model.SkepException;
import io.skep.model.table.Change;
import io.skep.model.table.Table;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the engine and its files see of the state: nothing, and nothing else is taken for it. */
class SealTest {
    private static final String NAME = "a-name-that-nobody-may-read";
    private final LogKey key = new LogKey(new byte[32]);
    private final CommandSeal one = new CommandSeal(key);
    private final CommandSeal other = new CommandSeal(key);

    private static Replica replica(LogKey key) {
        return new Replica(key, new CommandSeal(key), State.empty(), applied -> {});
    }

    private static LogKey anotherKey() {
        byte[] bytes = new byte[32];
        bytes[0] = 1;
        return new LogKey(bytes);
    }

    private static byte[] command() {
        Network network = new Network("net", Instant.EPOCH, NetworkSpec.of(NAME), "10.0.0.0/24", "10.0.0.1", 0, false);
        return new Command.Apply(
                        new Transaction("", 0, List.of(new Change.Put<>(Table.NETWORKS, network, Change.ABSENT))))
                .bytes();
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static void isCorrupt(ThrowingCallable reading) {
        assertThatThrownBy(reading).isInstanceOfSatisfying(SkepException.class, failure -> {
            assertThat(failure.code()).isEqualTo(ErrorCode.CORRUPT);
            assertThat(failure).hasMessageContaining("key of this swarm's managers", "join again");
        });
    }

    private byte[] sealed(byte[] plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (SealedOutput sealing = new SealedOutput(key, out)) {
            sealing.write(plain);
        }
        return out.toByteArray();
    }

    private static byte[] opened(LogKey key, byte[] sealed) throws IOException {
        try (SealedInput in = new SealedInput(key, new ByteArrayInputStream(sealed))) {
            return in.readAllBytes();
        }
    }

    @Test
    void aCommandIsReadByEveryManagerAndByNobodyElse() {
        byte[] sealed = one.seal(command());
        assertThat(new String(sealed, ISO_8859_1)).doesNotContain(NAME);
        assertThat(other.open(sealed)).isEqualTo(command());
        isCorrupt(() -> new CommandSeal(anotherKey()).open(sealed));
    }

    @Test
    void noTwoCommandsAreSealedAlike() {
        Set<List<Byte>> heads = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            heads.add(head(one.seal(command())));
            heads.add(head(other.seal(command())));
        }
        assertThat(heads).hasSize(2000);
    }

    private static List<Byte> head(byte[] sealed) {
        List<Byte> head = new ArrayList<>();
        for (int i = 0; i < CommandSeal.OVERHEAD - LogKey.TAG_BYTES; i++) {
            head.add(sealed[i]);
        }
        return head;
    }

    @Test
    void aCommandOfWhichAByteChangedIsNone() {
        byte[] sealed = one.seal(command());
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            isCorrupt(() -> other.open(changed));
        }
        isCorrupt(() -> other.open(new byte[0]));
        isCorrupt(() -> other.open(Arrays.copyOf(sealed, sealed.length - 1)));
    }

    @Test
    void writersOfLongAgoAreReadAgain() {
        byte[] first = one.seal(command());
        for (int i = 0; i < 600; i++) {
            other.open(new CommandSeal(key).seal(new byte[1]));
        }
        assertThat(other.open(first)).isEqualTo(command());
    }

    @Test
    void theLargestPieceStillFits() {
        List<byte[]> pieces = Command.split(bytes(Group.MAX_COMMAND - CommandSeal.OVERHEAD + 1), () -> "x".repeat(25));
        assertThat(pieces).hasSize(2);
        assertThat(pieces).allSatisfy(piece -> assertThat(one.seal(piece)).hasSizeLessThanOrEqualTo(Group.MAX_COMMAND));
        List<byte[]> single = Command.split(bytes(Group.MAX_COMMAND - CommandSeal.OVERHEAD), () -> "x");
        assertThat(one.seal(single.get(0))).hasSize(Group.MAX_COMMAND);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, SealedOutput.CHUNK - 1, SealedOutput.CHUNK, SealedOutput.CHUNK + 1, 300_000})
    void aStreamIsReadBack(int length) throws IOException {
        byte[] plain = bytes(length);
        assertThat(opened(key, sealed(plain))).isEqualTo(plain);
    }

    @Test
    void aStreamThatWasCutOrMixedIsNone() throws IOException {
        byte[] sealed = sealed(bytes(3 * SealedOutput.CHUNK));
        int head = 1 + LogKey.SALT_BYTES;
        int chunk = 1 + Integer.BYTES + SealedOutput.CHUNK + LogKey.TAG_BYTES;
        isCorrupt(() -> opened(key, Arrays.copyOf(sealed, head + chunk)));
        isCorrupt(() -> opened(key, Arrays.copyOf(sealed, head / 2)));
        byte[] swapped = sealed.clone();
        System.arraycopy(sealed, head, swapped, head + chunk, chunk);
        System.arraycopy(sealed, head + chunk, swapped, head, chunk);
        isCorrupt(() -> opened(key, swapped));
        isCorrupt(() -> opened(anotherKey(), sealed));
    }

    @Test
    void aReplicaSavesWhatOnlyManagersRead() throws IOException {
        Replica replica = replica(key);
        replica.apply(1, one.seal(command()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        replica.save(out);
        assertThat(out.toString(ISO_8859_1)).doesNotContain(NAME);
        Replica copy = replica(key);
        copy.load(new ByteArrayInputStream(out.toByteArray()));
        assertThat(copy.snapshot().networkNamed(NAME)).isPresent();
        assertThat(copy.snapshot().version()).isEqualTo(replica.snapshot().version());
        isCorrupt(() -> replica(anotherKey()).load(new ByteArrayInputStream(out.toByteArray())));
        isCorrupt(() -> replica(anotherKey()).apply(1, one.seal(command())));
    }
}
