package io.ghala.refresher.index;

import io.ghala.refresher.detect.FileStamp;
import io.ghala.type.TableEvidence;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A file whose rows are in parts, as it was read once; reading it again makes another one. */
public final class KnownFile {
    private final String name;
    private final FileStamp stamp;
    private final long readAtMs;
    private final TableEvidence evidence;
    private @Nullable FileParts parts;

    /**
     * Describes a file that was read.
     *
     * @param name path inside the table's folder, {@code /} between folders
     * @param stamp size and time when it was read
     * @param readAtMs when it was read, wall clock
     * @param evidence what all rows of a plain file say about types; nothing for op files, whose writes carry their own
     */
    public KnownFile(String name, FileStamp stamp, long readAtMs, TableEvidence evidence) {
        this.name = name;
        this.stamp = stamp;
        this.readAtMs = readAtMs;
        this.evidence = evidence;
    }

    /** The file is in a table's index, there as {@code entry}: found from here without a look at its name. */
    void in(FileParts entry) {
        parts = entry;
    }

    /** Where a table's index has it. */
    FileParts parts() {
        return Objects.requireNonNull(parts, "a file that is not in the index");
    }

    public String name() {
        return name;
    }

    public FileStamp stamp() {
        return stamp;
    }

    public long readAtMs() {
        return readAtMs;
    }

    public TableEvidence evidence() {
        return evidence;
    }
}
