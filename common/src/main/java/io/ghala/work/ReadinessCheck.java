package io.ghala.work;

import java.util.Optional;

/** Tells what keeps a service from doing its job at the moment. */
public interface ReadinessCheck {
    /** The name under which the problem is reported. */
    String name();

    /** The problem in one line, naming the remedy where there is one; empty when ready. Quick, without I/O. */
    Optional<String> problem();
}
