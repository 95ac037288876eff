package io.skep.kernel;

import io.skep.api.kernel.Entropy;
import java.security.SecureRandom;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Randomness from the operating system. */
@Component(service = Entropy.class)
public final class SystemEntropy implements Entropy {
    private static final String DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz";
    private static final int ID_LENGTH = 25;

    private final SecureRandom random = new SecureRandom();

    @Activate
    public SystemEntropy() {}

    @Override
    public String newId() {
        StringBuilder id = new StringBuilder(ID_LENGTH);
        for (int i = 0; i < ID_LENGTH; i++) {
            id.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
        }
        return id.toString();
    }

    @Override
    public long below(long bound) {
        return random.nextLong(bound);
    }
}
