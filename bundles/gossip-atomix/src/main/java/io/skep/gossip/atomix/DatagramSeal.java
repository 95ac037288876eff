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
 * Seals and opens datagrams: version, the key's number, the sender's salt, its counter, then ciphertext and tag. What is malformed,
 * forged, our own, replayed or under a key that is not on the ring opens to nothing. Used by one thread.
 */
final class DatagramSeal {
    static final int OVERHEAD = 1 + Integer.BYTES + SwarmKey.SALT_BYTES + Long.BYTES + SwarmKey.TAG_BYTES;
    private static final byte VERSION = 2;
    private static final int SALT = 1 + Integer.BYTES;
    private static final int COUNTER = SALT + SwarmKey.SALT_BYTES;
    private static final int HEADER = OVERHEAD - SwarmKey.TAG_BYTES;
    private static final int SENDERS_REMEMBERED = 4096;

    private final KeyRing ring;
    private final Cipher cipher = SwarmKey.cipher();
    private Own own;
    private final Map<ByteBuffer, Sender> senders = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Sender> eldest) {
            return size() > SENDERS_REMEMBERED;
        }
    };

    private record Sender(SecretKey key, ReplayWindow window) {}

    DatagramSeal(KeyRing ring) {
        this.ring = ring;
        own = new Own(ring.current());
    }

    byte[] seal(byte[] message) {
        if (own.swarmKey != ring.current()) {
            own = new Own(ring.current());
        }
        long number = ++own.counter;
        byte[] datagram = new byte[OVERHEAD + message.length];
        ByteBuffer.wrap(datagram)
                .put(VERSION)
                .putInt(own.swarmKey.number())
                .put(own.salt)
                .putLong(number);
        try {
            cipher.init(Cipher.ENCRYPT_MODE, own.key, SwarmKey.nonce(number));
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
        byte[] salt = Arrays.copyOfRange(datagram, SALT, COUNTER);
        SwarmKey swarmKey = ring.find(ByteBuffer.wrap(datagram).getInt(1));
        if (swarmKey == null || Arrays.equals(salt, own.salt)) {
            return null;
        }
        long number = ByteBuffer.wrap(datagram).getLong(COUNTER);
        ByteBuffer name = ByteBuffer.wrap(salt);
        Sender known = senders.get(name);
        Sender sender = known != null
                ? known
                : new Sender(swarmKey.derive(SwarmKey.Purpose.DATAGRAM, salt), new ReplayWindow());
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

    /** How this node seals under one key of the ring. */
    private static final class Own {
        private final SwarmKey swarmKey;
        private final byte[] salt;
        private final SecretKey key;
        private long counter;

        Own(SwarmKey swarmKey) {
            this.swarmKey = swarmKey;
            salt = swarmKey.newSalt();
            key = swarmKey.derive(SwarmKey.Purpose.DATAGRAM, salt);
        }
    }
}
