package io.skep.store;

import java.security.GeneralSecurityException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;

/**
 * Ciphers that were used and are used again: to find and make one takes several times as long as to seal a command with it. As many as there
 * were threads at once. Thread-safe.
 */
final class Ciphers {
    private final Queue<Cipher> idle = new ConcurrentLinkedQueue<>();

    /** What is done with a cipher that was told key, number and associated data. */
    @FunctionalInterface
    interface Use<T> {
        T with(Cipher cipher) throws GeneralSecurityException;
    }

    /** Uses one; see {@link LogKey#begin}. One that fails is not used again. */
    <T> T use(int mode, SecretKey derived, long number, byte[] header, Use<T> use) throws GeneralSecurityException {
        Cipher known = idle.poll();
        Cipher cipher = known == null ? LogKey.newCipher() : known;
        T result = use.with(LogKey.begin(cipher, mode, derived, number, header));
        idle.add(cipher);
        return result;
    }
}
