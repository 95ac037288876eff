package io.skep.identity;

import io.skep.model.SkepException;
import io.skep.model.UnlockKey;
import io.skep.model.codec.Codec;
import java.security.SecureRandom;
import java.util.Optional;

/** The {@link Secrets} in a {@link StateDirectory}, behind their {@link Seal}. */
final class SecretsFile {
    private final StateDirectory directory;
    private final SecureRandom random;

    SecretsFile(StateDirectory directory, SecureRandom random) {
        this.directory = directory;
        this.random = random;
    }

    /** Makes the node one of a swarm, its keys open. */
    void enter(NodeFile node, Secrets secrets, Optional<String> memberSuffix) {
        directory.enter(node, Seal.close(Codec.toBytes(secrets), Optional.empty(), random), memberSuffix);
    }

    /** Replaces what is there, locked when there is a key. */
    void write(Secrets secrets, Optional<UnlockKey> key) {
        directory.writeSecrets(Seal.close(Codec.toBytes(secrets), key, random));
    }

    boolean locked() {
        return Seal.locked(directory.secrets());
    }

    Secrets read() {
        return decoded(Seal.open(directory.secrets()));
    }

    /** Throws {@code INVALID_ARGUMENT} for another key. */
    Secrets read(UnlockKey key) {
        return decoded(Seal.open(directory.secrets(), key));
    }

    private Secrets decoded(byte[] content) {
        try {
            return Codec.fromBytes(content, Secrets.class);
        } catch (SkepException e) {
            throw directory.corrupt("secrets", "cannot be read: " + e.getMessage(), e);
        }
    }
}
