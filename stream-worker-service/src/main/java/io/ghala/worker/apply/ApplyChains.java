package io.ghala.worker.apply;

import com.codahale.metrics.MetricRegistry;
import io.ghala.config.GhalaConfig;
import io.ghala.folder.FolderLayout;
import io.ghala.intent.IntentLog;
import io.ghala.intent.IntentQueue;
import io.ghala.model.TableName;
import io.ghala.presence.ServiceIdentity;
import io.ghala.service.FailPoints;
import io.ghala.worker.stage.Stage;
import jakarta.inject.Inject;
import java.time.Clock;
import org.apache.arrow.memory.BufferAllocator;

/** Makes what applies the writes of one table. */
public final class ApplyChains {
    private final GhalaConfig config;
    private final FolderLayout layout;
    private final IntentLog intents;
    private final IntentQueue queue;
    private final PlainRows plainRows;
    private final ServiceIdentity identity;
    private final FailPoints failPoints;
    private final BufferAllocator allocator;
    private final MetricRegistry metrics;
    private final Clock clock;

    @Inject
    ApplyChains(
            GhalaConfig config,
            IntentLog intents,
            IntentQueue queue,
            PlainRows plainRows,
            ServiceIdentity identity,
            FailPoints failPoints,
            BufferAllocator allocator,
            MetricRegistry metrics,
            Clock clock) {
        this.config = config;
        this.layout = new FolderLayout(config.dbRoot());
        this.intents = intents;
        this.queue = queue;
        this.plainRows = plainRows;
        this.identity = identity;
        this.failPoints = failPoints;
        this.allocator = allocator;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** The chain of one table; each has its own stage, so that fencing one table's worker leaves the others alone. */
    ApplyIntents of(TableName table) {
        Stage stage = new Stage(layout, table, Stage.WORKER, failPoints);
        ReferenceFit reference = new ReferenceFit(table, config, allocator, clock);
        ApplyBatch batches = new ApplyBatch(
                table,
                config,
                intents,
                new PublishedKeyColumn(table, queue, clock),
                reference,
                stage,
                failPoints,
                metrics,
                clock);
        ApplyConditional conditional =
                new ApplyConditional(table, config, intents, batches, stage, plainRows, failPoints, clock);
        return new ApplyIntents(
                table,
                config,
                intents,
                stage,
                batches,
                conditional,
                identity,
                failPoints,
                clock,
                ApplyIntents.PATIENCE);
    }
}
