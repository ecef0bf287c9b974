package io.ghala.refresher;

import com.codahale.metrics.MetricRegistry;
import io.ghala.model.TableName;
import io.ghala.refresher.change.Cost;
import io.ghala.refresher.publish.StoreParts;
import io.ghala.snapshot.Manifest;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log and in metrics what each published version took. */
final class ReportRefresh {
    private static final Logger log = LoggerFactory.getLogger(ReportRefresh.class);
    private final TableName table;
    private final StoreParts store;
    private final MetricRegistry metrics;
    private final Clock clock;
    private long begunMs;

    ReportRefresh(TableName table, StoreParts store, MetricRegistry metrics, Clock clock) {
        this.table = table;
        this.store = store;
        this.metrics = metrics;
        this.clock = clock;
    }

    void begin() {
        begunMs = clock.millis();
    }

    void end(Manifest manifest, Cost cost) {
        long bytes = store.takeBytes();
        metrics.counter("ghala.refresher.files_read").inc(cost.filesRead());
        metrics.counter("ghala.refresher.files_read_again").inc(cost.filesReadAgain());
        metrics.counter("ghala.refresher.bytes_published").inc(bytes);
        metrics.counter("ghala.refresher.parts_built").inc(cost.partsBuilt());
        metrics.counter("ghala.refresher.rows_built").inc(cost.rowsBuilt());
        log.info(
                "refreshed table={} version={} files={} read={} refused={} rows={} parts={} built={} bytes={} ms={}",
                table,
                manifest.version(),
                manifest.files(),
                cost.filesRead(),
                manifest.refused().size(),
                manifest.rows(),
                manifest.parts().size(),
                cost.rowsBuilt(),
                bytes,
                clock.millis() - begunMs);
    }
}
