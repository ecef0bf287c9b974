package io.ghala.worker.tidy;

import io.ghala.folder.FolderLayout;
import io.ghala.folder.StageFolder;
import io.ghala.intent.CleanUpBarrier;
import io.ghala.intent.CleanUpBarrier.ReplacedException;
import io.ghala.model.TableName;
import io.ghala.worker.stage.Stage;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes sure that no worker can bring an older file back: each has passed the barrier since it was raised, or was
 * fenced.
 */
final class AwaitWorkers {
    private static final Logger log = LoggerFactory.getLogger(AwaitWorkers.class);
    private final TableName table;
    private final FolderLayout layout;
    private final CleanUpBarrier barrier;
    private final Duration patience;
    private final TidyFolder.Tick tick;
    private final Clock clock;

    AwaitWorkers(
            TableName table,
            FolderLayout layout,
            CleanUpBarrier barrier,
            Duration patience,
            TidyFolder.Tick tick,
            Clock clock) {
        this.table = table;
        this.layout = layout;
        this.barrier = barrier;
        this.patience = patience;
        this.tick = tick;
        this.clock = clock;
    }

    /**
     * Waits until every worker has shown that it holds nothing old, and fences those that do not in time: they sleep or
     * are dead.
     */
    void passed(String raised) throws IOException, ReplacedException, InterruptedException {
        // Stages made from now on hold only what was taken after the barrier.
        Set<String> stages = StageFolder.standing(layout, Stage.role(Stage.WORKER, table));
        long deadline = clock.millis() + patience.toMillis();
        while (true) {
            stages.removeAll(barrier.passed(table, raised));
            stages.retainAll(StageFolder.standing(layout, Stage.role(Stage.WORKER, table)));
            if (stages.isEmpty()) {
                return;
            }
            if (clock.millis() >= deadline) {
                break;
            }
            tick.rest();
        }
        for (String asleep : stages) {
            StageFolder.fence(layout, asleep);
            log.info("stage fenced table={} stage={} reason=\"its worker did not pass the barrier\"", table, asleep);
        }
    }
}
