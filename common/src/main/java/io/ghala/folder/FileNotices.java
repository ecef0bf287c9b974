package io.ghala.folder;

import io.ghala.model.TableName;
import java.util.List;

/** What the refresher last said of a table's files beside its manifest, for people who ask. */
public interface FileNotices {
    /** All that is to be said of the table; replaces what was said before. */
    void note(TableName table, List<FileNotice> notices);

    List<FileNotice> list(TableName table);
}
