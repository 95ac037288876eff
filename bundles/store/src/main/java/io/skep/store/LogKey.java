package io.skep.store;

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
 * The key under which everything of the store lies on the managers' disks. All managers share it, so every writer derives a key of its own
 * by a random salt (HMAC-SHA256), under which a counter is a nonce that never repeats. AES-256-GCM: NIST SP 800-38D.
 */
final class LogKey {
    /** The number of the one key that there is; it precedes whatever is sealed, so that there can be others. */
    static final byte NUMBER = 1;

    static final int SALT_BYTES = 16;
    static final int TAG_BYTES = 16;
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;

    /** What a derived key is for; keys of different purposes never meet. */
    enum Purpose {
        COMMAND,
        SNAPSHOT
    }

    private final SecretKey key;
    private final SecureRandom random = new SecureRandom();

    LogKey(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new SkepException(
                    ErrorCode.CORRUPT,
                    "the key of the managers' log has " + key.length
                            + " bytes, not 32; let this manager leave with force and join again");
        }
        this.key = new SecretKeySpec(key, "HmacSHA256");
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

    static Cipher newCipher() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    /** A cipher for the {@code number}-th text under a derived key; its associated data begins with {@code header}. */
    static Cipher cipher(int mode, SecretKey derived, long number, byte[] header) {
        return begin(newCipher(), mode, derived, number, header);
    }

    /** Makes a cipher, whatever it was used for before, ready for that text. */
    static Cipher begin(Cipher cipher, int mode, SecretKey derived, long number, byte[] header) {
        try {
            cipher.init(mode, derived, nonce(number));
            cipher.updateAAD(header);
            return cipher;
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    private static GCMParameterSpec nonce(long number) {
        byte[] nonce = new byte[NONCE_BYTES];
        for (int i = 0; i < Long.BYTES; i++) {
            nonce[NONCE_BYTES - 1 - i] = (byte) (number >>> (8 * i));
        }
        return new GCMParameterSpec(8 * TAG_BYTES, nonce);
    }

    /** What was read is not what a manager of this swarm wrote. */
    static SkepException unreadable(String what) {
        return new SkepException(
                ErrorCode.CORRUPT,
                what
                        + " cannot be read with the key of this swarm's managers: it was damaged, or written in another swarm;"
                        + " let this manager leave with force and join again");
    }

    static SkepException missing(GeneralSecurityException e) {
        return new SkepException(ErrorCode.FAILED, "this Java lacks AES-GCM or HMAC-SHA256; run a complete JDK 17", e);
    }
}
