package io.ghala.folder;

import io.ghala.model.TableName;

/** Wishes that files of a table be read anew although their names are known. */
public interface ReadAnewRequests {
    void ask(TableName table, ReadAnew wish);

    /** What was asked for since the last call, {@link ReadAnew#NONE} where nothing was. */
    ReadAnew take(TableName table);

    /** Whether something was asked for and is not taken yet. */
    boolean isPending(TableName table);
}
