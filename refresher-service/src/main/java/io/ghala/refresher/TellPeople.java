package io.ghala.refresher;

import io.ghala.folder.FileNotice;
import io.ghala.folder.FileNotices;
import io.ghala.folder.ReadAnew;
import io.ghala.folder.ReadAnewRequests;
import io.ghala.folder.TableConfFile;
import io.ghala.lease.Lease;
import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableName;
import io.ghala.refresher.detect.FoundFile;
import io.ghala.refresher.detect.KnownFiles;
import io.ghala.snapshot.FolderLooks;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What people ask about the files of one table, and what they are told beside the manifest: what is the matter with
 * files, and when the folder was looked at. Not for several threads.
 */
final class TellPeople {
    private static final Logger log = LoggerFactory.getLogger(TellPeople.class);
    private final TableName table;
    private final ReadAnewRequests requests;
    private final FileNotices notices;
    private final FolderLooks looks;
    private ReadAnew wanted = ReadAnew.NONE;
    private Optional<List<FileNotice>> told = Optional.empty();

    TellPeople(TableName table, ReadAnewRequests requests, FileNotices notices, FolderLooks looks) {
        this.table = table;
        this.requests = requests;
        this.notices = notices;
        this.looks = looks;
    }

    /** Files that somebody wants to be read anew; they come again until {@link #tell}. */
    List<FoundFile> toReadAnew(LookAtFolder look, KnownFiles known) throws IOException {
        wanted = wanted.and(requests.take(table));
        return wanted.equals(ReadAnew.NONE) ? List.of() : look.anew(wanted, known);
    }

    /**
     * After a refresh that went well: what was asked for is in {@code version}, and so is all that the last listing
     * saw; what there is to tell is told if it is something else than before.
     */
    void tell(LookAtFolder look, Optional<String> settingsProblem, SnapshotVersion version, Lease lease) {
        granted();
        List<FileNotice> now = new ArrayList<>(look.notices());
        settingsProblem.ifPresent(
                problem -> now.add(0, new FileNotice(FileNotice.Kind.SETTINGS, TableConfFile.NAME, problem)));
        if (!told.equals(Optional.of(now))) {
            notices.note(table, now);
            told = Optional.of(now);
        }
        looks.looked(table, version, Duration.ofMillis(look.sinceListingMs()), lease);
    }

    private void granted() {
        if (!wanted.equals(ReadAnew.NONE)) {
            log.info(
                    "read anew table={} which={} named={}",
                    table,
                    wanted.which(),
                    wanted.files().size());
        }
        wanted = ReadAnew.NONE;
    }
}
