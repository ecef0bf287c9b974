package io.ghala.refresher.detect;

import io.ghala.folder.OpFileName;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Decides which files of a listing are whole. An op file is complete when it appears, since it was renamed into place. A plain file counts once
 * its size and time have stood still for the settle time, or when its last change is that old.
 */
public final class SettledFiles {
    private final Clock clock;
    private final Duration settleTime;
    private Map<String, Seen> seen = new HashMap<>();
    private boolean waiting;

    public SettledFiles(Clock clock, Duration settleTime) {
        this.clock = clock;
        this.settleTime = settleTime;
    }

    /** The whole files of {@code listing}; remembers the others until they stand still. */
    public FolderListing settled(FolderListing listing) {
        long now = clock.millis();
        Map<String, Seen> next = new HashMap<>();
        TreeMap<String, FileStamp> whole = new TreeMap<>();
        waiting = false;
        listing.files().forEach((file, stamp) -> {
            Seen before = seen.get(file);
            Seen current = before != null && before.stamp().equals(stamp) ? before : new Seen(stamp, now);
            next.put(file, current);
            boolean op =
                    OpFileName.parse(file.substring(file.lastIndexOf('/') + 1)).isPresent();
            long standsStill = now - Math.min(current.sinceMs(), stamp.modifiedMs());
            if (op || standsStill >= settleTime.toMillis()) {
                whole.put(file, stamp);
            } else {
                waiting = true;
            }
        });
        seen = next;
        return new FolderListing(whole);
    }

    /** Whether the last listing held files that are not whole yet: look again soon. */
    public boolean waiting() {
        return waiting;
    }

    private record Seen(FileStamp stamp, long sinceMs) {}
}
