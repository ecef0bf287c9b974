package io.ghala.chaos.check;

import java.util.List;

/** Holds a history to one promise. */
interface Check {
    List<Violation> violations(Facts facts);
}
