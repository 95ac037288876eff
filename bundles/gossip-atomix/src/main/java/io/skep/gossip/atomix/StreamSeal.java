package io.skep.gossip.atomix;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;

/**
 * Seals or opens the records of one direction of a connection: the n-th record has nonce n, so that a record that is
 * missing, repeated, out of order or forged fails and ends the connection. Used by one thread.
 */
final class StreamSeal {
    /** What a connection begins with: the number of the key and the sender's salt. */
    static final int GREETING = Integer.BYTES + SwarmKey.SALT_BYTES;

    private final Cipher cipher = SwarmKey.cipher();
    private final SecretKey key;
    private long counter;

    StreamSeal(SwarmKey swarmKey, byte[] salt) {
        key = swarmKey.derive(SwarmKey.Purpose.STREAM, salt);
    }

    /** What opens the records after a greeting. */
    static StreamSeal greeted(KeyRing ring, ByteBuffer greeting) throws IOException {
        SwarmKey key = ring.find(greeting.getInt());
        if (key == null) {
            throw new IOException("sealed with a key that is not known here");
        }
        byte[] salt = new byte[SwarmKey.SALT_BYTES];
        greeting.get(salt);
        return new StreamSeal(key, salt);
    }

    ByteBuffer seal(byte[] record, int offset, int length) {
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, SwarmKey.nonce(++counter));
            return ByteBuffer.wrap(cipher.doFinal(record, offset, length));
        } catch (GeneralSecurityException e) {
            throw SwarmKey.missing(e);
        }
    }

    byte[] open(byte[] sealed) throws IOException {
        try {
            cipher.init(Cipher.DECRYPT_MODE, key, SwarmKey.nonce(++counter));
            return cipher.doFinal(sealed);
        } catch (GeneralSecurityException e) {
            throw new IOException("a record is forged, or of another swarm", e);
        }
    }
}
