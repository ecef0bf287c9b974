package io.ghala.worker.tidy;

import com.codahale.metrics.MetricRegistry;
import io.ghala.folder.FolderLayout;
import io.ghala.folder.OpFileName;
import io.ghala.intent.CleanUpBarrier;
import io.ghala.intent.CleanUpBarrier.ReplacedException;
import io.ghala.model.TableName;
import io.ghala.service.FailPoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes op files that nobody needs, lesser writes first and deletes last, so that no row comes back in between. */
final class RemoveOpFiles {
    private static final Logger log = LoggerFactory.getLogger(RemoveOpFiles.class);
    private final TableName table;
    private final Path folder;
    private final CleanUpBarrier barrier;
    private final FailPoints failPoints;
    private final MetricRegistry metrics;

    RemoveOpFiles(TableName table, Path folder, CleanUpBarrier barrier, FailPoints failPoints, MetricRegistry metrics) {
        this.table = table;
        this.folder = folder;
        this.barrier = barrier;
        this.failPoints = failPoints;
        this.metrics = metrics;
    }

    /** Removes {@code files}; another process that raised the barrier since is noticed before. */
    void remove(List<OpFileName> files, String raised) throws IOException, ReplacedException {
        if (files.isEmpty()) {
            return;
        }
        barrier.passed(table, raised);
        for (OpFileName file : files.stream().sorted(TidyPlan.REMOVAL).toList()) {
            Files.deleteIfExists(folder.resolve(file.fileName()));
            failPoints.reach("cleaner.after-remove");
        }
        FolderLayout.sync(folder);
        metrics.counter("ghala.worker.op_files_removed").inc(files.size());
        log.info("op files removed table={} files={}", table, files.size());
    }
}
