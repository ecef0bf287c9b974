package io.ghala.worker.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.intent.Intent;
import io.ghala.intent.IntentLog.Entry;
import io.ghala.model.RowId;
import io.ghala.model.StreamId;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BatchSizeTest {
    private static List<Entry> entries(int count, int characters) {
        return LongStream.range(0, count)
                .<Entry>mapToObj(i -> new Entry.Write(
                        new StreamId(1, i),
                        new Intent.Upsert(new RowId("a"), "x".repeat(characters)),
                        Optional.empty(),
                        Optional.empty(),
                        1))
                .toList();
    }

    @Test
    void growsToTheMostWhileEntriesAreSmall() {
        BatchSize size = new BatchSize(10_000);
        for (int round = 0; round < 5; round++) {
            size.observe(entries(size.next(), 20));
        }
        assertThat(size.next()).isEqualTo(10_000);
    }

    @Test
    void staysWithinMemoryWhenEntriesAreBig() {
        BatchSize size = new BatchSize(10_000);
        size.observe(entries(4, 1024 * 1024));
        assertThat(size.next()).isEqualTo(16);
        size.observe(entries(1, 20 * 1024 * 1024));
        assertThat(size.next()).isEqualTo(1);
    }

    @Test
    void nothingTakenChangesNothing() {
        BatchSize size = new BatchSize(5);
        size.observe(List.of());
        assertThat(size.next()).isEqualTo(5);
    }
}
