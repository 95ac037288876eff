package io.skep.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs that commands and snapshots are sealed before the consensus sees them. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class SealBenchmark {
    private static final int SMALL = 1024;
    private static final int LARGE = 64_000;
    private static final int STATE = 16 << 20;
    private final LogKey key = new LogKey(new byte[32]);
    private final CommandSeal writer = new CommandSeal(key);
    private final CommandSeal reader = new CommandSeal(key);
    private byte[] small = new byte[0];
    private byte[] large = new byte[0];
    private byte[] sealedSmall = new byte[0];
    private byte[] sealedLarge = new byte[0];
    private byte[] state = new byte[0];

    /** Commands and a state of random bytes. */
    @Setup
    public void fill() {
        small = random(SMALL);
        large = random(LARGE);
        state = random(STATE);
        sealedSmall = writer.seal(small);
        sealedLarge = writer.seal(large);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    /** A command of 1 KiB. */
    @Benchmark
    public byte[] sealSmall() {
        return writer.seal(small);
    }

    /** And back. */
    @Benchmark
    public byte[] openSmall() {
        return reader.open(sealedSmall);
    }

    /** A command of 64 KB. */
    @Benchmark
    public byte[] sealLarge() {
        return writer.seal(large);
    }

    /** And back. */
    @Benchmark
    public byte[] openLarge() {
        return reader.open(sealedLarge);
    }

    /** A snapshot of 16 MiB. */
    @Benchmark
    public void sealSnapshot() throws IOException {
        try (SealedOutput out = new SealedOutput(key, OutputStream.nullOutputStream());
                ByteArrayInputStream in = new ByteArrayInputStream(state)) {
            in.transferTo(out);
        }
    }
}
