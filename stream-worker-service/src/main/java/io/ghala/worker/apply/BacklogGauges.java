package io.ghala.worker.apply;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import io.ghala.intent.WriteBacklog;
import io.ghala.intent.WriteBacklog.Backlog;
import io.ghala.model.TableName;
import jakarta.inject.Inject;

/** How many writes of each table wait and are dead, as metrics. */
public final class BacklogGauges {
    private final WriteBacklog backlogs;
    private final MetricRegistry metrics;

    @Inject
    BacklogGauges(WriteBacklog backlogs, MetricRegistry metrics) {
        this.backlogs = backlogs;
        this.metrics = metrics;
    }

    /** Counts those of {@code table} now. */
    void set(TableName table) {
        Backlog backlog = backlogs.backlog(table);
        metrics.gauge("ghala.worker." + table + ".queued", () -> new Level()).set(backlog.queued());
        metrics.gauge("ghala.worker." + table + ".pending", () -> new Level()).set(backlog.pending());
        metrics.gauge("ghala.worker." + table + ".dead_letters", () -> new Level())
                .set(backlog.dead());
    }

    /** A number that is set from time to time. */
    static final class Level implements Gauge<Long> {
        private volatile long value;

        void set(long now) {
            value = now;
        }

        @Override
        public Long getValue() {
            return value;
        }
    }
}
