package io.ghala.worker.apply;

import io.ghala.intent.IntentQueue;
import io.ghala.model.TableName;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The name of a table's key column, asked for at most once a second: it changes when somebody edits the table's
 * settings.
 */
public final class KeyColumn {
    private static final Duration KEPT = Duration.ofSeconds(1);

    private final TableName table;
    private final IntentQueue queue;
    private final Clock clock;
    private @Nullable String name;
    private long askedAtMs;

    public KeyColumn(TableName table, IntentQueue queue, Clock clock) {
        this.table = table;
        this.queue = queue;
        this.clock = clock;
    }

    public String name() {
        if (name == null || clock.millis() - askedAtMs > KEPT.toMillis()) {
            name = queue.keyColumn(table);
            askedAtMs = clock.millis();
        }
        return name;
    }
}
