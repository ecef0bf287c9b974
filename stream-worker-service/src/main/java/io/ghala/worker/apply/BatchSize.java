package io.ghala.worker.apply;

import io.ghala.intent.IntentLog.Entry;
import java.util.List;

/**
 * How many entries to take at once: as many as allowed while they are small, and few enough that a batch of big ones
 * fits into memory.
 */
final class BatchSize {
    private static final long BATCH_CHARACTERS = 16L * 1024 * 1024;
    /** For the first batch, of whose entries nothing is known: at most 1 MiB each. */
    private static final int FIRST = 64;
    /** Characters of an entry without content. */
    private static final int SMALL = 100;

    private static final int GROWTH = 8;

    private final int most;
    private int next;

    BatchSize(int most) {
        this.most = most;
        this.next = Math.min(FIRST, most);
    }

    int next() {
        return next;
    }

    void observe(List<Entry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        long characters = entries.stream().mapToLong(BatchSize::characters).sum();
        long fitting = BATCH_CHARACTERS * entries.size() / Math.max(1, characters);
        next = (int) Math.max(1, Math.min(Math.min(most, (long) GROWTH * Math.max(FIRST, entries.size())), fitting));
    }

    private static long characters(Entry entry) {
        return entry instanceof Entry.Write write
                ? write.intent().content().map(String::length).orElse(SMALL)
                : SMALL;
    }
}
