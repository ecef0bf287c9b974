package io.ghala.testing.memory;

import io.ghala.folder.ReadAnew;
import io.ghala.folder.ReadAnewRequests;
import io.ghala.model.TableName;
import java.util.HashMap;
import java.util.Map;

/** Wishes in memory. */
public final class MemoryReadAnewRequests implements ReadAnewRequests {
    private final Map<TableName, ReadAnew> wishes = new HashMap<>();

    @Override
    public void ask(TableName table, ReadAnew wish) {
        wishes.merge(table, wish, ReadAnew::and);
    }

    @Override
    public ReadAnew take(TableName table) {
        ReadAnew wish = wishes.remove(table);
        return wish == null ? ReadAnew.NONE : wish;
    }

    @Override
    public boolean isPending(TableName table) {
        return wishes.containsKey(table);
    }
}
