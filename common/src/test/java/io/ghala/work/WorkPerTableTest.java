package io.ghala.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.codahale.metrics.MetricRegistry;
import io.ghala.model.TableName;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkPerTableTest {
    private static final TableName A = new TableName("a");
    private static final TableName B = new TableName("b");

    private final List<TableName> ended = new CopyOnWriteArrayList<>();
    private final WorkPerTable<Rounds> tables =
            new WorkPerTable<>(Rounds::new, work -> ended.add(work.table), new MetricRegistry());

    @AfterEach
    void close() {
        tables.close();
    }

    private Rounds work(TableName table) {
        return tables.of(table).orElseThrow();
    }

    private int rounds(TableName table) {
        return work(table).rounds.get();
    }

    @Test
    void workBeginsForTablesThatComeAndEndsForThoseThatGo() {
        tables.follow(Set.of(A, B));
        Rounds a = work(A);
        await().until(() -> rounds(A) > 0 && rounds(B) > 0);
        tables.follow(Set.of(A));
        assertThat(ended).containsExactly(B);
        assertThat(tables.of(B)).isEmpty();
        assertThat(tables.of(A)).containsSame(a);
        tables.follow(Set.of(A, B));
        assertThat(tables.of(B)).as("a table that comes back has new work").isPresent();
        tables.close();
        assertThat(ended).containsExactlyInAnyOrder(B, A, B);
    }

    @Test
    void everyPieceIsWokenTogether() {
        tables.follow(Set.of(A, B));
        await().until(() -> rounds(A) == 1 && rounds(B) == 1);
        tables.wakeAll();
        await().until(() -> rounds(A) == 2 && rounds(B) == 2);
    }

    @Test
    void aTableThatFailsIsNamedAndHoldsUpNoOther() {
        tables.follow(Set.of(A, B));
        work(A).broken = true;
        tables.wakeAll();
        await().until(() -> tables.problem().isPresent());
        assertThat(tables.problem()).contains("table a: the disk is gone");
        int before = rounds(B);
        work(B).wakeUp().raise();
        await().until(() -> rounds(B) > before);
        work(A).broken = false;
        await().until(() -> tables.problem().isEmpty());
    }

    private static final class Rounds implements Work {
        private final TableName table;
        private final Signal wakeUp = new Signal();
        private final AtomicInteger rounds = new AtomicInteger();
        private volatile boolean broken;

        Rounds(TableName table) {
            this.table = table;
        }

        @Override
        public String name() {
            return "rounds-" + table;
        }

        @Override
        public Duration pause() {
            return Duration.ofHours(1);
        }

        @Override
        public Signal wakeUp() {
            return wakeUp;
        }

        @Override
        public Next runOnce() throws IOException {
            rounds.incrementAndGet();
            if (broken) {
                throw new IOException("the disk is gone");
            }
            return Next.AFTER_PAUSE;
        }
    }
}
