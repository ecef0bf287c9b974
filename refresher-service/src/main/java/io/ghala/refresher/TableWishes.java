package io.ghala.refresher;

import io.ghala.folder.FileNotice;
import io.ghala.folder.FileNotices;
import io.ghala.folder.ReadAnew;
import io.ghala.folder.ReadAnewRequests;
import io.ghala.folder.TableConfFile;
import io.ghala.model.TableName;
import io.ghala.refresher.detect.FoundFile;
import io.ghala.refresher.detect.KnownFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What people ask about the files of one table, and what they are told about them beside the manifest. Not for several threads. */
final class TableWishes {
    private static final Logger log = LoggerFactory.getLogger(TableWishes.class);
    private final TableName table;
    private final ReadAnewRequests requests;
    private final FileNotices notices;
    private ReadAnew wanted = ReadAnew.NONE;
    private Optional<List<FileNotice>> told = Optional.empty();

    TableWishes(TableName table, ReadAnewRequests requests, FileNotices notices) {
        this.table = table;
        this.requests = requests;
        this.notices = notices;
    }

    /** Files that somebody wants to be read anew; they come again until {@link #granted}. */
    List<FoundFile> toReadAnew(LookAtFolder look, KnownFiles known) throws IOException {
        wanted = wanted.and(requests.take(table));
        return wanted.equals(ReadAnew.NONE) ? List.of() : look.anew(wanted, known);
    }

    /** What was asked for is published. */
    void granted() {
        if (!wanted.equals(ReadAnew.NONE)) {
            log.info(
                    "read anew table={} which={} named={}",
                    table,
                    wanted.which(),
                    wanted.files().size());
        }
        wanted = ReadAnew.NONE;
    }

    /** Tells what there is to tell now, if that is something else than before. */
    void tell(LookAtFolder look, Optional<String> settingsProblem) {
        List<FileNotice> now = new ArrayList<>(look.notices());
        settingsProblem.ifPresent(
                problem -> now.add(0, new FileNotice(FileNotice.Kind.SETTINGS, TableConfFile.NAME, problem)));
        if (!told.equals(Optional.of(now))) {
            notices.note(table, now);
            told = Optional.of(now);
        }
    }
}
