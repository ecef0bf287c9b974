package io.ghala.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.chaos.check.Checker;
import io.ghala.chaos.check.Violation;
import io.ghala.chaos.client.Actors;
import io.ghala.chaos.client.Client;
import io.ghala.chaos.client.FolderWatcher;
import io.ghala.chaos.client.GhalaHttp;
import io.ghala.chaos.client.ParquetWatcher;
import io.ghala.chaos.client.People;
import io.ghala.chaos.client.Poisoner;
import io.ghala.chaos.client.Replicas;
import io.ghala.chaos.client.SnapshotWatcher;
import io.ghala.chaos.cluster.Cluster;
import io.ghala.chaos.cluster.ServiceKind;
import io.ghala.chaos.history.History;
import io.ghala.chaos.history.Recorder;
import io.ghala.chaos.nemesis.Fault;
import io.ghala.chaos.nemesis.FaultCounts;
import io.ghala.chaos.nemesis.Nemesis;
import io.ghala.chaos.nemesis.Plan;
import io.ghala.chaos.nemesis.Supervisor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Everything at once: clients, people, readers and the faults of a plan, then the checker. The schedule follows from
 * {@code -Dchaos.seed}; {@code -Dchaos.seconds} is its length and {@code -Dchaos.full=true} the long plan.
 */
class ChaosIT {
    private static final String TABLE = "orders";
    private static final int ROWS = 40;
    private static final int CLIENTS = 8;
    private static final Duration REST = Duration.ofSeconds(60);
    private static final boolean FULL = Boolean.getBoolean("chaos.full");
    private static final Duration LIMIT = Duration.ofSeconds(Long.getLong("chaos.seconds", FULL ? 3600 : 150));
    private static final String SETTINGS = """
            refresher.settle-time = 0s
            redis.lease-ttl = 2s
            redis.blob-grace = 3s
            worker.claim-idle = 1s
            worker.row-files-max = 8
            worker.clean-up { interval = 1s, barrier-wait = 2s, spent-after = 2s, merge-rows = 15, merge-segments = 3 }
            """;

    @Test
    void everyPromiseIsKeptWhateverIsKilledPausedCutOrWiped() throws Exception {
        long seed = Long.getLong("chaos.seed", System.nanoTime());
        System.out.println("chaos: replay with -Dchaos.seed=" + seed);
        Random random = new Random(seed);
        Recorder recorder = new Recorder();
        try (Cluster cluster = cluster();
                ParquetWatcher parquet =
                        new ParquetWatcher(cluster.root().resolve(TABLE + ".parquet"), cluster.scratch(), recorder);
                Supervisor supervisor = new Supervisor(cluster);
                Actors actors = new Actors();
                Nemesis nemesis = new Nemesis(cluster, supervisor, recorder, plan(), random)) {
            startActors(cluster, recorder, parquet, actors, random);
            FaultCounts faults = nemesis.run();
            actors.finish();
            cluster.awaitWorking();
            History history = recorder.close(new Rest(cluster, TABLE, Optional.of(parquet), REST).await());
            List<Violation> violations = Checker.check(history);
            String report = ChaosReport.of(seed, faults, supervisor, history, violations);
            System.out.println(report);
            keep(cluster.logs(), report, history, violations);
            assertThat(violations)
                    .as("seed %d, logs and history in %s", seed, cluster.logs())
                    .isEmpty();
            requireEnough(faults, supervisor, history);
        }
    }

    private static Plan plan() {
        return FULL ? Plan.full(LIMIT) : Plan.brief(LIMIT);
    }

    private static Cluster cluster() throws Exception {
        Cluster cluster = new Cluster("chaos", SETTINGS);
        Path folder = Files.createDirectory(cluster.root().resolve(TABLE));
        People.putBase(folder, ROWS);
        for (ServiceKind kind : ServiceKind.values()) {
            int count = kind == ServiceKind.WORKER ? 4 : 2;
            for (int i = 0; i < count; i++) {
                cluster.start(kind);
            }
        }
        cluster.awaitWorking();
        return cluster;
    }

    private static void startActors(
            Cluster cluster, Recorder recorder, ParquetWatcher parquet, Actors actors, Random random)
            throws IOException {
        Path folder = cluster.root().resolve(TABLE);
        Replicas replicas = new Replicas(cluster.slots(ServiceKind.QUERY));
        for (int i = 0; i < CLIENTS; i++) {
            actors.start(new Client(new GhalaHttp(TABLE), replicas, recorder, new Random(random.nextLong()), ROWS));
        }
        actors.start(new People(folder, new Random(random.nextLong())));
        actors.start(new Poisoner(cluster.redis().client(), TABLE, recorder));
        actors.start(new FolderWatcher(folder, recorder));
        actors.start(new SnapshotWatcher(cluster.redis().client(), TABLE, recorder));
        actors.start(parquet);
    }

    private static void keep(Path logs, String report, History history, List<Violation> violations) throws IOException {
        Files.writeString(logs.resolve("report.md"), report);
        Files.write(
                logs.resolve("violations.txt"),
                violations.stream().map(Violation::toString).toList());
        Files.writeString(
                logs.resolve("history.txt"),
                history.writes().stream().map(Object::toString).collect(Collectors.joining("\n"))
                        + "\n"
                        + history.wipes()
                        + "\n"
                        + history.ending());
    }

    /** A run in which nothing happened proves nothing; a slow machine gets by with a part of the plan. */
    private static void requireEnough(FaultCounts faults, Supervisor supervisor, History history) {
        assertThat(faults.kills()).as("kills").isGreaterThanOrEqualTo(FULL ? 1000 : 150);
        assertThat(faults.of(Fault.PAUSE)).as("pauses").isGreaterThanOrEqualTo(FULL ? 200 : 3);
        assertThat(faults.of(Fault.REDIS_KILL)).as("Redis kills").isGreaterThanOrEqualTo(FULL ? 20 : 1);
        assertThat(faults.of(Fault.WIPE)).as("wipes").isGreaterThanOrEqualTo(FULL ? 10 : 1);
        assertThat(faults.proxyFaults()).as("proxy faults").isGreaterThanOrEqualTo(FULL ? 100 : 3);
        assertThat(supervisor.failPointsHit()).as("ends at a named step").isPositive();
        assertThat(history.writes().size()).as("writes").isGreaterThan(300);
        assertThat(history.observations().size()).as("observations").isGreaterThan(200);
        assertThat(supervisor.exits().keySet())
                .as("services end by themselves only to be started afresh")
                .allMatch(exit -> exit.endsWith(" 1"));
    }
}
