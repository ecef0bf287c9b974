package io.ghala.refresher.detect;

import io.ghala.folder.FilePath;
import io.ghala.folder.OpFileName;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Decides which files are whole. An op file is complete when it appears, since it was renamed into place. A plain file
 * counts once its size and time have stood still for the settle time, or when its last change is that old.
 */
final class SettledFiles {
    private final Clock clock;
    private final Duration settleTime;
    private Map<String, Seen> seen = new HashMap<>();
    private Map<String, Seen> next = new HashMap<>();
    private boolean waiting;

    SettledFiles(Clock clock, Duration settleTime) {
        this.clock = clock;
        this.settleTime = settleTime;
    }

    private record Seen(FileStamp stamp, long sinceMs) {}

    /** A look at the folder begins. */
    void begin() {
        next = new HashMap<>();
        waiting = false;
    }

    /** Whether a file that looks like this is whole. */
    boolean whole(String file, FileStamp stamp) {
        if (OpFileName.parse(new FilePath(file).name()).isPresent()) {
            return true;
        }
        long now = clock.millis();
        if (now - stamp.modifiedMs() >= settleTime.toMillis()) {
            return true;
        }
        Seen before = seen.get(file);
        Seen current = before != null && before.stamp().equals(stamp) ? before : new Seen(stamp, now);
        next.put(file, current);
        boolean whole = now - current.sinceMs() >= settleTime.toMillis();
        waiting |= !whole;
        return whole;
    }

    /** The look is over: files that were not looked at are forgotten. */
    void end() {
        seen = next;
    }

    /** Whether the last look saw files that are not whole yet: look again soon. */
    boolean waiting() {
        return waiting;
    }
}
