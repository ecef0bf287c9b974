package io.ghala.refresher;

import io.ghala.config.GhalaConfig.RefresherSettings;
import io.ghala.folder.FileNotice;
import io.ghala.folder.ReadAnew;
import io.ghala.intent.AppliedLog;
import io.ghala.intent.AppliedLog.Cursor;
import io.ghala.intent.AppliedLog.Read;
import io.ghala.intent.SettledWrites.Settled;
import io.ghala.model.TableName;
import io.ghala.refresher.detect.FolderChange;
import io.ghala.refresher.detect.FolderWatch;
import io.ghala.refresher.detect.FoundFile;
import io.ghala.refresher.detect.KnownFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/**
 * Finds out what changed in a folder: from the names that workers logged, which costs as much as was written, and from
 * a listing every scan interval, for what people do.
 */
final class LookAtFolder {
    private final TableName table;
    private final AppliedLog log;
    private final FolderWatch watch;
    private final RefresherSettings settings;
    private final Clock clock;
    private Optional<Cursor> cursor = Optional.empty();
    private long listedAtMs;
    private long listingMs;

    LookAtFolder(
            TableName table,
            Path folder,
            AppliedLog log,
            RefresherSettings settings,
            ExecutorService threads,
            Clock clock) {
        this.table = table;
        this.log = log;
        this.settings = settings;
        this.clock = clock;
        this.watch = new FolderWatch(folder, settings, threads, clock);
    }

    /** Nothing is known but what {@code known} says: the next look lists. */
    void startFrom(KnownFiles known) {
        cursor = Optional.empty();
        watch.restore(known);
    }

    /** Known files to be read anew, see {@link FolderWatch#anew}. */
    List<FoundFile> anew(ReadAnew wish, KnownFiles known) throws IOException {
        return watch.anew(wish, known);
    }

    /** What people should know of files whose rows are shown as they were. */
    List<FileNotice> notices() {
        List<FileNotice> notices = new ArrayList<>();
        for (String file : watch.edited().keySet()) {
            notices.add(new FileNotice(
                    FileNotice.Kind.EDITED,
                    file,
                    "it was edited in place, and its rows are shown as they were" + " before: run ghala refresh "
                            + table + " '" + file + "', or give the file a new name, or set CHANGE_DETECTION=stat"));
        }
        watch.unreadable()
                .forEach((below, reason) -> notices.add(new FileNotice(FileNotice.Kind.UNREADABLE, below, reason)));
        Collections.sort(notices);
        return notices;
    }

    boolean lookAgain() {
        return watch.lookAgain();
    }

    /** Milliseconds since the last listing began. */
    long sinceListingMs() {
        return Math.max(0, clock.millis() - listedAtMs);
    }

    /**
     * What changed; a listing that was {@code asked} for is made unless the last one began less than twice as long ago
     * as it took. {@code settled} was asked for before: all that it says is settled is in the answer or known.
     *
     * @throws java.nio.file.NoSuchFileException when the folder is gone
     */
    FolderChange look(KnownFiles known, Optional<Settled> settled, boolean asked) throws IOException {
        Optional<FolderChange> logged = logged(known);
        long least = asked ? 2 * listingMs : settings.scanInterval().toMillis();
        boolean due = clock.millis() - listedAtMs
                >= Math.min(least, settings.scanInterval().toMillis());
        if (logged.isPresent() && !due && !watch.lookAgain()) {
            return logged.get();
        }
        listedAtMs = clock.millis();
        FolderChange listed = watch.look(known);
        listingMs = clock.millis() - listedAtMs;
        if (logged.isEmpty()) {
            cursor = settled.map(Settled::logEnd);
            return listed;
        }
        return listed.withAlso(logged.get().toRead());
    }

    /** The files that were logged since the last look, empty where only a listing tells. */
    private Optional<FolderChange> logged(KnownFiles known) throws IOException {
        if (cursor.isEmpty()) {
            return Optional.empty();
        }
        Read read = log.since(table, cursor.get());
        if (read instanceof Read.Names names) {
            cursor = Optional.of(names.next());
            return Optional.of(watch.applied(names.files(), known));
        }
        return Optional.empty();
    }
}
