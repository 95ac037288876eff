package io.skep.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.model.UnlockKey;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/**
 * The form of the file of secrets: a mark, then the content as it is; or another mark, a salt, and the content in AES-256-GCM. Key and
 * nonce come from the unlock key and the salt by HKDF (RFC 5869): the unlock key is 256 random bits, so nothing has to make guessing slow,
 * and a new salt for each write means that no nonce is used twice.
 */
final class Seal {
    private static final byte[] OPEN = "skep secrets 1 open\n".getBytes(US_ASCII);
    private static final byte[] CLOSED = "skep secrets 1 locked\n".getBytes(US_ASCII);
    private static final byte[] PURPOSE = "skep secrets".getBytes(US_ASCII);
    private static final int SALT = 32;
    private static final int KEY = 32;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private Seal() {}

    /** The file of this content, locked when there is a key. */
    static byte[] close(byte[] content, Optional<UnlockKey> key, SecureRandom random) {
        if (key.isEmpty()) {
            return join(OPEN, content);
        }
        byte[] salt = new byte[SALT];
        random.nextBytes(salt);
        return join(CLOSED, salt, encrypt(content, key.get(), salt));
    }

    /** True when it takes a key to read this file. */
    static boolean locked(byte[] file) {
        return begins(file, CLOSED);
    }

    /**
     * The content of a file that is not locked.
     *
     * @throws SkepException {@code CORRUPT} when it is neither locked nor open
     */
    static byte[] open(byte[] file) {
        if (!begins(file, OPEN)) {
            throw new SkepException(ErrorCode.CORRUPT, "the file of secrets has an unknown form");
        }
        return Arrays.copyOfRange(file, OPEN.length, file.length);
    }

    /**
     * The content of a locked file.
     *
     * @throws SkepException {@code INVALID_ARGUMENT} for another key
     */
    static byte[] open(byte[] file, UnlockKey key) {
        int from = CLOSED.length + SALT;
        if (file.length < from + TAG_BITS / Byte.SIZE) {
            throw new SkepException(ErrorCode.CORRUPT, "the file of secrets is cut off");
        }
        byte[] salt = Arrays.copyOfRange(file, CLOSED.length, from);
        try {
            return cipher(Cipher.DECRYPT_MODE, key, salt).doFinal(file, from, file.length - from);
        } catch (AEADBadTagException e) {
            throw new SkepException(
                    ErrorCode.INVALID_ARGUMENT,
                    "this unlock key does not fit; swarm:unlock-key prints the present one on a manager that is not locked",
                    e);
        } catch (GeneralSecurityException e) {
            throw unable(e);
        }
    }

    private static byte[] encrypt(byte[] content, UnlockKey key, byte[] salt) {
        try {
            return cipher(Cipher.ENCRYPT_MODE, key, salt).doFinal(content);
        } catch (GeneralSecurityException e) {
            throw unable(e);
        }
    }

    private static Cipher cipher(int mode, UnlockKey key, byte[] salt) throws GeneralSecurityException {
        HKDFBytesGenerator derivation = new HKDFBytesGenerator(SHA256Digest.newInstance());
        derivation.init(new HKDFParameters(key.bytes(), salt, PURPOSE));
        byte[] derived = new byte[KEY + NONCE];
        derivation.generateBytes(derived, 0, derived.length);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                mode, new SecretKeySpec(derived, 0, KEY, "AES"), new GCMParameterSpec(TAG_BITS, derived, KEY, NONCE));
        cipher.updateAAD(CLOSED);
        return cipher;
    }

    private static byte[] join(byte[]... parts) {
        ByteBuffer all = ByteBuffer.allocate(
                Arrays.stream(parts).mapToInt(part -> part.length).sum());
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }

    private static boolean begins(byte[] file, byte[] mark) {
        return file.length >= mark.length && Arrays.equals(file, 0, mark.length, mark, 0, mark.length);
    }

    private static SkepException unable(GeneralSecurityException cause) {
        return new SkepException(ErrorCode.FAILED, "this Java cannot encrypt by AES-256-GCM: " + cause, cause);
    }
}
