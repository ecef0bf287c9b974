package io.ghala.worker.apply;

import io.ghala.intent.IntentQueue;
import io.ghala.model.KeyColumn;
import io.ghala.model.TableName;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A table's key column, asked for at most once a second: it changes when somebody edits the table's settings. */
public final class PublishedKeyColumn {
    private static final Duration KEPT = Duration.ofSeconds(1);

    private final TableName table;
    private final IntentQueue queue;
    private final Clock clock;
    private @Nullable KeyColumn known;
    private long askedAtMs;

    public PublishedKeyColumn(TableName table, IntentQueue queue, Clock clock) {
        this.table = table;
        this.queue = queue;
        this.clock = clock;
    }

    public KeyColumn get() {
        if (known == null || clock.millis() - askedAtMs > KEPT.toMillis()) {
            known = queue.rules(table).keyColumn();
            askedAtMs = clock.millis();
        }
        return known;
    }
}
