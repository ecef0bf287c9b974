package io.ghala.redis;

import jakarta.inject.Inject;
import java.security.SecureRandom;

/** Draws names that nobody else has: 16 hexadecimal digits each. */
final class Nonces {
    private final SecureRandom random;

    @Inject
    Nonces(SecureRandom random) {
        this.random = random;
    }

    String next() {
        return String.format("%016x", random.nextLong());
    }
}
