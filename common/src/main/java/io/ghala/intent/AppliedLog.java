package io.ghala.intent;

import io.ghala.model.Epoch;
import io.ghala.model.StreamId;
import io.ghala.model.TableName;
import java.util.List;

/**
 * The names of the files that workers brought into a table's folder, in the order in which they were acknowledged:
 * whoever knows a listing of the folder keeps it up to date without listing again. Its oldest entries are dropped; a
 * reader that is too far behind is told so.
 *
 * <p>Take the first cursor from {@link SettledWrites#settled} before a full listing, then read from it again and again.
 * A name may come more than once, and its file may be gone again by the time it is read.
 */
public interface AppliedLog {
    /** Everything that was logged after {@code cursor}. */
    Read since(TableName table, Cursor cursor);

    /** A place in the log: after the entry {@code position}, or before all where that is {@code 0-0}. */
    record Cursor(Epoch epoch, StreamId position) {}

    /** The answer to a reader. */
    sealed interface Read {
        /** What it missed; {@code next} is where to go on. */
        record Names(List<String> files, Cursor next) implements Read {
            public Names {
                files = List.copyOf(files);
            }
        }

        /** Entries after the cursor may be lost: only a full listing of the folder tells. */
        record Gap(String reason) implements Read {}
    }
}
