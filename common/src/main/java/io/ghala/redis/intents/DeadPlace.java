package io.ghala.redis.intents;

import java.util.Optional;

/**
 * What {@code dead:ids} keeps of a dead write: the id of its letter, a blank, and the reason. For a letter that is gone
 * {@code -} stands in the id's place and the reason says what became of it, so that its token is never taken for
 * applied.
 */
record DeadPlace(Optional<String> letter, String reason) {
    static DeadPlace parse(String value) {
        int blank = value.indexOf(' ');
        String letter = value.substring(0, Math.max(blank, 0));
        return new DeadPlace(letter.equals("-") ? Optional.empty() : Optional.of(letter), value.substring(blank + 1));
    }
}
