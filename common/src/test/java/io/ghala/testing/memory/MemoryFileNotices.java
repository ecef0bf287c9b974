package io.ghala.testing.memory;

import io.ghala.folder.FileNotice;
import io.ghala.folder.FileNotices;
import io.ghala.model.TableName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Notices in memory. */
public final class MemoryFileNotices implements FileNotices {
    private final Map<TableName, List<FileNotice>> notices = new HashMap<>();

    @Override
    public void note(TableName table, List<FileNotice> now) {
        notices.put(table, List.copyOf(now));
    }

    @Override
    public List<FileNotice> list(TableName table) {
        return notices.getOrDefault(table, List.of());
    }
}
