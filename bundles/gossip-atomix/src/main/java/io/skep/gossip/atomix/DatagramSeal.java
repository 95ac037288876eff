package io.skep.gossip.atomix;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Seals and opens datagrams: version, the sender's salt, its counter, then ciphertext and tag. What is malformed, forged,
 * our own or replayed opens to nothing. Used by one thread.
 */
final class DatagramSeal {
    static final int OVERHEAD = 1 + SwarmKey.SALT_BYTES + Long.BYTES + SwarmKey.TAG_BYTES;
    private static final byte VERSION = 1;
    private static final int HEADER = OVERHEAD - SwarmKey.TAG_BYTES;
    private static final int SENDERS_REMEMBERED = 4096;

    private final SwarmKey swarmKey;
    private final Cipher cipher = SwarmKey.cipher();
    private final byte[] salt;
    private final SecretKey ownKey;
    private final Map<ByteBuffer, Sender> senders = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Sender> eldest) {
            return size() > SENDERS_REMEMBERED;
        }
    };
    private long counter;

    private record Sender(SecretKey key, ReplayWindow window) {}

    DatagramSeal(SwarmKey swarmKey) {
        this.swarmKey = swarmKey;
        salt = swarmKey.newSalt();
        ownKey = swarmKey.derive(SwarmKey.Purpose.DATAGRAM, salt);
    }

    byte[] seal(byte[] message) {
        long number = ++counter;
        byte[] datagram = new byte[OVERHEAD + message.length];
        ByteBuffer.wrap(datagram).put(VERSION).put(salt).putLong(number);
        try {
            cipher.init(Cipher.ENCRYPT_MODE, ownKey, SwarmKey.nonce(number));
            cipher.updateAAD(datagram, 0, HEADER);
            cipher.doFinal(message, 0, message.length, datagram, HEADER);
        } catch (GeneralSecurityException e) {
            throw SwarmKey.missing(e);
        }
        return datagram;
    }

    /** The message in {@code datagram}, or null when it is not to be trusted. */
    byte @Nullable [] open(byte[] datagram) {
        if (datagram.length < OVERHEAD || datagram[0] != VERSION) {
            return null;
        }
        byte[] from = Arrays.copyOfRange(datagram, 1, 1 + SwarmKey.SALT_BYTES);
        long number = ByteBuffer.wrap(datagram).getLong(1 + SwarmKey.SALT_BYTES);
        if (Arrays.equals(from, salt)) {
            return null;
        }
        ByteBuffer name = ByteBuffer.wrap(from);
        Sender known = senders.get(name);
        Sender sender = known != null
                ? known
                : new Sender(swarmKey.derive(SwarmKey.Purpose.DATAGRAM, from), new ReplayWindow());
        byte[] message = decrypt(sender.key, number, datagram);
        if (message == null || !sender.window.accept(number)) {
            return null;
        }
        if (known == null) {
            senders.put(name, sender);
        }
        return message;
    }

    private byte @Nullable [] decrypt(SecretKey key, long number, byte[] datagram) {
        try {
            cipher.init(Cipher.DECRYPT_MODE, key, SwarmKey.nonce(number));
            cipher.updateAAD(datagram, 0, HEADER);
            return cipher.doFinal(datagram, HEADER, datagram.length - HEADER);
        } catch (GeneralSecurityException e) {
            return null;
        }
    }
}
