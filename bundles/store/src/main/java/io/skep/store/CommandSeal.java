package io.skep.store;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;

/**
 * Seals commands before the consensus sees them and opens them when they are applied: number of the key, the writer's salt, its counter, then ciphertext
 * and tag. A writer's salt lives as long as this object. Thread-safe.
 */
final class CommandSeal {
    /** What sealing adds. */
    static final int OVERHEAD = 1 + LogKey.SALT_BYTES + Long.BYTES + LogKey.TAG_BYTES;

    private static final int HEADER = OVERHEAD - LogKey.TAG_BYTES;
    /** Every start of a manager makes a writer, and those of long ago do not come again. */
    private static final int WRITERS_REMEMBERED = 256;

    private final LogKey key;
    private final byte[] salt;
    private final SecretKey ownKey;
    private final Ciphers ciphers = new Ciphers();
    private final AtomicLong sealed = new AtomicLong();
    private final Map<ByteBuffer, SecretKey> writers = new ConcurrentHashMap<>();

    CommandSeal(LogKey key) {
        this.key = key;
        salt = key.newSalt();
        ownKey = key.derive(LogKey.Purpose.COMMAND, salt);
    }

    byte[] seal(byte[] command) {
        long number = sealed.incrementAndGet();
        byte[] bytes = new byte[command.length + OVERHEAD];
        ByteBuffer.wrap(bytes).put(LogKey.NUMBER).put(salt).putLong(number);
        try {
            ciphers.use(
                    Cipher.ENCRYPT_MODE,
                    ownKey,
                    number,
                    Arrays.copyOf(bytes, HEADER),
                    cipher -> cipher.doFinal(command, 0, command.length, bytes, HEADER));
        } catch (GeneralSecurityException e) {
            throw LogKey.missing(e);
        }
        return bytes;
    }

    /**
     * The command that {@link #seal} was given, by any manager of the swarm.
     *
     * @throws io.skep.model.SkepException {@code CORRUPT} when it was none
     */
    byte[] open(byte[] bytes) {
        if (bytes.length < OVERHEAD || bytes[0] != LogKey.NUMBER) {
            throw LogKey.unreadable("a command of the log");
        }
        long number = ByteBuffer.wrap(bytes).getLong(1 + LogKey.SALT_BYTES);
        SecretKey writer = writer(ByteBuffer.wrap(bytes, 1, LogKey.SALT_BYTES));
        try {
            return ciphers.use(
                    Cipher.DECRYPT_MODE,
                    writer,
                    number,
                    Arrays.copyOf(bytes, HEADER),
                    cipher -> cipher.doFinal(bytes, HEADER, bytes.length - HEADER));
        } catch (GeneralSecurityException e) {
            throw LogKey.unreadable("a command of the log");
        }
    }

    private SecretKey writer(ByteBuffer from) {
        SecretKey known = writers.get(from);
        if (known != null) {
            return known;
        }
        byte[] name = new byte[LogKey.SALT_BYTES];
        from.duplicate().get(name);
        SecretKey derived = key.derive(LogKey.Purpose.COMMAND, name);
        if (writers.size() >= WRITERS_REMEMBERED) {
            writers.clear();
        }
        writers.put(ByteBuffer.wrap(name), derived);
        return derived;
    }
}
