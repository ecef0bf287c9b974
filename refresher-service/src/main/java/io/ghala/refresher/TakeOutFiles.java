package io.ghala.refresher;

import io.ghala.model.TableName;
import io.ghala.refresher.detect.FoundFile;
import io.ghala.refresher.state.TableState;
import io.ghala.refresher.state.TakenOutFiles;
import io.ghala.snapshot.Manifest;
import io.ghala.snapshot.UnloadableVersions;
import io.ghala.snapshot.UnloadableVersions.Unloadable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hears from query-services which files keep the published version from being loaded, and has them refused. */
final class TakeOutFiles {
    private static final Logger log = LoggerFactory.getLogger(TakeOutFiles.class);
    private final TableName table;
    private final UnloadableVersions reports;
    private final TakenOutFiles out;

    TakeOutFiles(TableName table, UnloadableVersions reports, TakenOutFiles out) {
        this.table = table;
        this.reports = reports;
        this.out = out;
    }

    /** The files that are to be read again, to be refused this time. */
    List<FoundFile> reported(TableState state) {
        Optional<Unloadable> report = reports.take(table);
        boolean stands =
                report.isPresent() && state.published().map(Manifest::version).equals(report.map(Unloadable::version));
        if (!stands) {
            return List.of();
        }
        List<FoundFile> files = new ArrayList<>();
        for (String file : report.get().files()) {
            state.reading(file).ifPresent(reading -> {
                FoundFile found = new FoundFile(file, reading.stamp());
                out.takeOut(found, report.get().problem());
                files.add(found);
            });
        }
        log.warn(
                "files taken out table={} files={} problem=\"{}\"",
                table,
                files,
                report.get().problem());
        return files;
    }
}
