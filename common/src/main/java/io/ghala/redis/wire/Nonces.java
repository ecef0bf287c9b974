package io.ghala.redis.wire;

import jakarta.inject.Inject;
import java.security.SecureRandom;

/** Draws names that nobody else has: 16 hexadecimal digits each. */
public final class Nonces {
    private final SecureRandom random;

    @Inject
    public Nonces(SecureRandom random) {
        this.random = random;
    }

    public String next() {
        return String.format("%016x", random.nextLong());
    }
}
