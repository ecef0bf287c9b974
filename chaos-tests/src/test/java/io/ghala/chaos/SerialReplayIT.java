package io.ghala.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.chaos.client.FolderFold;
import io.ghala.chaos.client.GhalaHttp;
import io.ghala.chaos.client.Replicas;
import io.ghala.chaos.client.Replicas.Replica;
import io.ghala.chaos.cluster.Cluster;
import io.ghala.chaos.cluster.ServiceKind;
import io.ghala.chaos.cluster.Slot;
import io.ghala.chaos.history.Payload;
import io.ghala.chaos.history.SeenRow;
import io.ghala.chaos.history.Token;
import io.ghala.chaos.nemesis.Supervisor;
import io.ghala.model.StreamId;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * Many writes of one producer, four workers, two of which are killed again and again: the folder ends as if one had
 * applied the writes one after the other. {@code -Dchaos.intents} is their number; there are ten times fewer rows.
 */
class SerialReplayIT {
    private static final String TABLE = "ledger";
    private static final int INTENTS = Integer.getInteger("chaos.intents", 20_000);
    private static final int ROWS = INTENTS / 10;
    private static final int LINES = 2_000;
    private static final int VICTIMS = 2;
    /**
     * Two workers are killed whenever so much more of all writes has been taken off the stream, or so much time has
     * gone by.
     */
    private static final int DRAINED = INTENTS / 6;

    private static final long MOST_SECONDS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(60 + INTENTS / 500);
    private static final String SETTINGS =
            "worker.claim-idle = 300ms\nworker.batch-entries = " + (INTENTS > 100_000 ? 1000 : 100);

    private final long seed = Long.getLong("chaos.seed", System.nanoTime());
    private final Random random = new Random(seed);
    /** What one worker would leave: per row the number of the last write. */
    private final TreeMap<String, Integer> serial = new TreeMap<>();

    private int kills;

    @Test
    void theFolderEqualsTheSerialReplayAlthoughWorkersAreKilled() throws Exception {
        System.out.println("chaos: replay with -Dchaos.seed=" + seed);
        try (Cluster cluster = new Cluster("serial-replay", SETTINGS)) {
            // Redis is left alone here, so it need not sync each of the writes.
            cluster.redis().client().configSet("appendfsync", "everysec");
            Files.createDirectory(cluster.root().resolve(TABLE));
            for (int i = 0; i < 4; i++) {
                cluster.start(ServiceKind.WORKER);
            }
            cluster.start(ServiceKind.QUERY);
            cluster.awaitWorking();
            AtomicInteger queued = new AtomicInteger();
            try (Supervisor supervisor = new Supervisor(cluster)) {
                CompletableFuture<List<StreamId>> producer =
                        CompletableFuture.supplyAsync(() -> produce(cluster, queued));
                killWhileTheyWork(cluster, queued, producer);
                assertThat(producer.get()).isSorted().doesNotHaveDuplicates().hasSize(INTENTS);
                assertThat(supervisor.exits()).isEmpty();
            }
            System.out.println("chaos: " + INTENTS + " writes of " + ROWS + " rows, " + kills + " kill -9");
            assertThat(kills).as("kills").isGreaterThanOrEqualTo(4);
            Set<SeenRow> expected = new HashSet<>();
            serial.forEach((row, number) -> expected.add(Payload.row(row, number, "")));
            List<SeenRow> folder = FolderFold.rows(cluster.root().resolve(TABLE));
            assertThat(folder).as("rows, seed %d", seed).hasSize(expected.size());
            Set<SeenRow> rows = new HashSet<>();
            folder.forEach(row -> rows.add(row.withoutVersion()));
            assertThat(rows.equals(expected)).as("serial replay, seed %d", seed).isTrue();
        }
    }

    /** Queues all writes in order; the ids that they got. */
    private List<StreamId> produce(Cluster cluster, AtomicInteger queued) {
        try {
            Replica replica =
                    new Replicas(cluster.slots(ServiceKind.QUERY)).all().get(0);
            GhalaHttp http = new GhalaHttp(TABLE);
            Random rows = new Random(seed);
            List<StreamId> ids = new ArrayList<>();
            for (int from = 1; from <= INTENTS; from += LINES) {
                List<String> lines = new ArrayList<>();
                for (int number = from; number < from + LINES && number <= INTENTS; number++) {
                    String row = "k" + rows.nextInt(ROWS);
                    serial.put(row, number);
                    lines.add(http.line(row, number));
                }
                http.writeAll(replica, lines).stream().map(Token::id).forEach(ids::add);
                queued.set(ids.size());
            }
            return ids;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void killWhileTheyWork(Cluster cluster, AtomicInteger queued, CompletableFuture<?> producer) {
        Drain drain = new Drain(cluster, queued, producer);
        Awaitility.await("all writes are applied")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .pollDelay(Duration.ZERO)
                .until(drain::isOverOrKills);
    }

    /** Looks how far the workers are, and kills two of them now and then. */
    private final class Drain {
        private final Cluster cluster;
        private final AtomicInteger queued;
        private final CompletableFuture<?> producer;
        private long appliedAtKill;
        private long lastKillNanos = System.nanoTime();

        Drain(Cluster cluster, AtomicInteger queued, CompletableFuture<?> producer) {
            this.cluster = cluster;
            this.queued = queued;
            this.producer = producer;
        }

        boolean isOverOrKills() throws IOException, InterruptedException {
            boolean complete = producer.isDone();
            long waiting = cluster.redis().client().xlen("ghala:{" + TABLE + "}:intents");
            if (complete && waiting == 0) {
                return true;
            }
            long applied = queued.get() - waiting;
            if (applied - appliedAtKill >= DRAINED
                    || System.nanoTime() - lastKillNanos > TimeUnit.SECONDS.toNanos(MOST_SECONDS)) {
                kill(cluster.slots(ServiceKind.WORKER));
                appliedAtKill = applied;
                lastKillNanos = System.nanoTime();
            }
            return false;
        }
    }

    private void kill(List<Slot> workers) throws IOException, InterruptedException {
        int first = random.nextInt(workers.size());
        for (int i = 0; i < VICTIMS; i++) {
            Slot victim = workers.get((first + i) % workers.size());
            if (victim.isWorking()) {
                victim.kill();
                kills++;
            }
        }
    }
}
