package io.skep.gossip.atomix;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * One of the swarm's gossip keys, from which every sender derives a key of its own by a random salt (HMAC-SHA256): a counter is
 * then a safe nonce, whereas random nonces under one shared key of many nodes would repeat one day. AES-256-GCM: NIST SP
 * 800-38D.
 */
final class SwarmKey {
    static final int SALT_BYTES = 16;
    static final int TAG_BYTES = 16;
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;

    /** What a derived key is for; keys of different purposes never meet. */
    enum Purpose {
        DATAGRAM,
        STREAM
    }

    private final int number;
    private final SecretKey key;
    private final SecureRandom random = new SecureRandom();

    SwarmKey(int number, byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new SkepException(
                    ErrorCode.CORRUPT,
                    "the gossip key has " + key.length + " bytes, not 32; join the swarm again to get a new one");
        }
        this.number = number;
        this.key = new SecretKeySpec(key, "HmacSHA256");
    }

    /** What a message says of the key that opens it. */
    int number() {
        return number;
    }

    byte[] newSalt() {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return salt;
    }

    SecretKey derive(Purpose purpose, byte[] salt) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(purpose.name().getBytes(StandardCharsets.US_ASCII));
            return new SecretKeySpec(mac.doFinal(salt), "AES");
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    static Cipher cipher() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    /** The nonce of a sender's {@code counter}-th message. */
    static GCMParameterSpec nonce(long counter) {
        byte[] nonce = new byte[NONCE_BYTES];
        for (int i = 0; i < Long.BYTES; i++) {
            nonce[NONCE_BYTES - 1 - i] = (byte) (counter >>> (8 * i));
        }
        return new GCMParameterSpec(8 * TAG_BYTES, nonce);
    }

    static SkepException missing(GeneralSecurityException e) {
        return new SkepException(ErrorCode.FAILED, "this Java lacks AES-GCM or HMAC-SHA256; run a complete JDK 17", e);
    }
}
