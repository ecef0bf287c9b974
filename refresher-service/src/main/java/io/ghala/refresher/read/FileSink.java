package io.ghala.refresher.read;

import io.ghala.refresher.detect.FoundFile;
import io.ghala.refresher.rows.SourceRows;
import java.util.List;

/** Takes what became of files that were to be read, in their order. */
interface FileSink {
    /** The file was read; one entry for a plain file, one per write for an op file. */
    void read(FoundFile file, List<SourceRows> rows);

    /** The file could not be read: it has gone, its content cannot be taken, or its reader failed. */
    void failed(FoundFile file, Exception problem);
}
