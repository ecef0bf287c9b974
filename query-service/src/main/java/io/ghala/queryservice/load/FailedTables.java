package io.ghala.queryservice.load;

import io.ghala.model.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The tables whose newest version could not be loaded, and when each is tried again although nothing was announced. */
final class FailedTables {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Map<TableName, Failure> failures = new TreeMap<>();

    private record Failure(String problem, Duration pause, Instant due) {}

    /** Notes a failure; returns the pause before the next try, which doubles with each. */
    synchronized Duration note(TableName table, String problem, Instant now) {
        @Nullable Failure before = failures.get(table);
        Duration pause = before == null ? FIRST_PAUSE : before.pause().multipliedBy(2);
        if (pause.compareTo(LONGEST_PAUSE) > 0) {
            pause = LONGEST_PAUSE;
        }
        failures.put(table, new Failure(problem, pause, now.plus(pause)));
        return pause;
    }

    synchronized void mended(TableName table) {
        failures.remove(table);
    }

    synchronized boolean due(TableName table, Instant now) {
        Failure failure = failures.get(table);
        // The last part is for a clock that was set back.
        return failure == null || !now.isBefore(failure.due()) || failure.due().isAfter(now.plus(LONGEST_PAUSE));
    }

    /** Names one of them and its problem. */
    synchronized Optional<String> problem() {
        return failures.entrySet().stream()
                .findFirst()
                .map(entry -> "table " + entry.getKey() + " cannot be loaded: "
                        + entry.getValue().problem());
    }
}
