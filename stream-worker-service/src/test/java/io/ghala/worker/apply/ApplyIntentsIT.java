package io.ghala.worker.apply;

import static io.ghala.worker.Bench.T;
import static io.ghala.worker.Bench.delete;
import static io.ghala.worker.Bench.upsert;
import static io.ghala.worker.Bench.upsertIf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghala.folder.FolderLayout;
import io.ghala.folder.ReferenceSchema;
import io.ghala.folder.StageFolder;
import io.ghala.intent.DeadLetters;
import io.ghala.intent.DeadLetters.Force;
import io.ghala.intent.DeadLetters.Retry;
import io.ghala.intent.IntentLog.Entry;
import io.ghala.intent.IntentQueue.WriteState;
import io.ghala.model.Column;
import io.ghala.model.ScalarType;
import io.ghala.model.StreamId;
import io.ghala.model.TableSchema;
import io.ghala.model.WriteToken;
import io.ghala.service.FailPoints.ReachedException;
import io.ghala.testing.RealRedis;
import io.ghala.worker.Bench;
import io.ghala.worker.apply.PlainRows.NotKnownException;
import io.ghala.worker.stage.RowOps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Applying writes on a real Redis and a real folder: exactly once, in stream order, whatever fails where. */
class ApplyIntentsIT {
    private static final String SETTINGS = "ghala.worker { claim-idle = 100ms, max-deliveries = 2, row-files-max = 3 }";

    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    @TempDir
    Path root;

    private Bench bench;

    @BeforeEach
    void open() throws Exception {
        bench = new Bench(REDIS.server(), root, SETTINGS);
        bench.worker("").runOnce();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private WriteState state(WriteToken token) {
        return bench.queue().state(T, token);
    }

    /** Runs rounds of {@code worker} until nothing is queued. */
    private void drain(ApplyIntents worker) {
        Awaitility.await().until(() -> {
            worker.runOnce();
            return bench.backlog().queued() == 0;
        });
    }

    @Test
    void fewWritesBecomeAFileEachAndManyOneFile() throws Exception {
        WriteToken first = bench.enqueue(upsert("a", "{\"v\":1}"));
        WriteToken second = bench.enqueue(delete("b"));
        bench.worker("").runOnce();
        assertThat(bench.files()).containsExactly("a@" + first.id() + ".json", "b@" + second.id() + ".deleted");
        assertThat(Files.readString(bench.table.resolve("a@" + first.id() + ".json")))
                .isEqualTo("{\"v\":1}");
        assertThat(state(first)).isInstanceOf(WriteState.Applied.class);
        IntStream.range(0, 10).forEach(i -> bench.enqueue(upsert("m" + i, "{\"v\":1}")));
        bench.worker("").runOnce();
        assertThat(bench.files()).hasSize(3).anyMatch(name -> name.startsWith("ops@"));
    }

    @Test
    void underThePolicyFailAWriteThatDoesNotFitTheReferenceSchemaIsDead() throws Exception {
        try (Bench strict = new Bench(
                REDIS.server(), root.resolve("strict"), SETTINGS + "\nghala.refresher.schema-evolution = fail")) {
            ReferenceSchema.write(
                    strict.table,
                    new TableSchema(List.of(new Column("id", ScalarType.BIGINT), new Column("v", ScalarType.BIGINT))));
            WriteToken fits = strict.enqueue(upsert("1", "{\"v\":1}"));
            WriteToken text = strict.enqueue(upsert("2", "{\"v\":\"x\"}"));
            WriteToken other = strict.enqueue(upsert("3", "{\"w\":1}"));
            strict.worker("").runOnce();
            assertThat(strict.files()).containsExactlyInAnyOrder(ReferenceSchema.FILE, "1@" + fits.id() + ".json");
            assertThat(strict.queue().state(T, text))
                    .isInstanceOfSatisfying(WriteState.Dead.class, dead -> assertThat(dead.reason())
                            .contains("'v'", "BIGINT"));
            assertThat(strict.queue().state(T, other))
                    .isInstanceOfSatisfying(WriteState.Dead.class, dead -> assertThat(dead.reason())
                            .contains("'w'", "reference schema"));
        }
    }

    @Test
    void theModeForcesRowsOrSegments() throws Exception {
        for (String mode : List.of("rows", "segments")) {
            try (Bench forced =
                    new Bench(REDIS.server(), root.resolve(mode), SETTINGS + "\nghala.worker.op-files = " + mode)) {
                IntStream.range(0, 5).forEach(i -> forced.enqueue(upsert("m" + i, "{}")));
                forced.worker("").runOnce();
                assertThat(forced.files()).hasSize(mode.equals("rows") ? 5 : 1);
            }
        }
    }

    @Test
    void aWorkerKilledAtAnyStepLosesNothingAndWritesNothingTwice() throws Exception {
        for (String step : List.of(
                "after-read",
                "before-temp-write",
                "after-temp-write",
                "after-fsync",
                "after-rename",
                "after-folder-sync",
                "before-acknowledge")) {
            REDIS.server().client().flushAll();
            try (Bench killed = new Bench(REDIS.server(), root.resolve(step), SETTINGS)) {
                ApplyIntents worker = killed.worker("worker." + step + "=throw");
                worker.runOnce();
                WriteToken token = killed.enqueue(upsert("a", "{\"v\":1}"));
                assertThatThrownBy(worker::runOnce).as(step).isInstanceOf(ReachedException.class);
                assertThat(killed.queue().state(T, token)).as(step).isInstanceOf(WriteState.Pending.class);
                ApplyIntents other = killed.worker("");
                Awaitility.await().until(() -> {
                    other.runOnce();
                    return killed.queue().state(T, token) instanceof WriteState.Applied;
                });
                assertThat(killed.files()).as(step).containsExactly("a@" + token.id() + ".json");
            }
        }
    }

    @Test
    void aFolderThatTakesNothingPausesAndCountsAgainstNobody() throws Exception {
        ApplyIntents worker = bench.worker("");
        worker.runOnce();
        WriteToken token = bench.enqueue(upsert("a", "{}"));
        Path away = root.resolve("away");
        Files.move(bench.table, away);
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(worker::runOnce).isInstanceOf(IOException.class).hasMessageContaining("orders");
        }
        assertThat(state(token)).isInstanceOf(WriteState.Pending.class);
        Files.move(away, bench.table);
        worker.runOnce();
        assertThat(state(token)).isInstanceOf(WriteState.Applied.class);
        assertThat(bench.port(DeadLetters.class).count(T)).isZero();
    }

    @Test
    void aFencedWorkerBringsNothingIntoTheFolderAndBeginsAfresh() throws Exception {
        ApplyIntents worker = bench.worker("");
        worker.runOnce();
        FolderLayout layout = new FolderLayout(root);
        String stage = StageFolder.standing(layout, "worker-orders").stream()
                .reduce((a, b) -> b)
                .orElseThrow();
        StageFolder.standing(layout, "worker-orders").forEach(name -> fence(layout, name));
        WriteToken token = bench.enqueue(upsert("a", "{}"));
        worker.runOnce();
        assertThat(bench.files()).isEmpty();
        drain(worker);
        assertThat(bench.files()).containsExactly("a@" + token.id() + ".json");
        assertThat(StageFolder.standing(layout, "worker-orders")).hasSize(1).doesNotContain(stage);
    }

    private static void fence(FolderLayout layout, String name) {
        try {
            StageFolder.fence(layout, name);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void whatCanNeverBeAppliedIsDeadAtOnceAndItsNeighboursAreNot() throws Exception {
        WriteToken bad = bench.enqueue(upsert("a", "{\"id\":\"b\"}"));
        WriteToken good = bench.enqueue(upsert("b", "{\"id\":\"b\"}"));
        REDIS.server()
                .client()
                .xadd("ghala:{orders}:intents", redis.clients.jedis.StreamEntryID.NEW_ENTRY, Map.of("x", "y"));
        bench.worker("").runOnce();
        assertThat(state(bad)).isInstanceOf(WriteState.Dead.class);
        assertThat(state(good)).isInstanceOf(WriteState.Applied.class);
        assertThat(bench.port(DeadLetters.class).count(T)).isEqualTo(2);
        assertThat(bench.backlog().queued()).isZero();
    }

    @Test
    void anEntryThatNoWorkerSurvivesIsDeadInTheEndAndTheOthersAreApplied() throws Exception {
        WriteToken token = bench.enqueue(upsert("a", "{}"));
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
            ApplyIntents killed = bench.worker("worker.before-temp-write=throw@*");
            try {
                killed.runOnce();
            } catch (ReachedException e) {
                return false;
            }
            return state(token) instanceof WriteState.Dead;
        });
        WriteToken other = bench.enqueue(upsert("b", "{}"));
        drain(bench.worker(""));
        assertThat(state(other)).isInstanceOf(WriteState.Applied.class);
    }

    @Test
    void anEntryDeletedFromTheStreamByHandDoesNotHoldTheWatermark() throws Exception {
        WriteToken token = bench.enqueue(upsert("a", "{}"));
        bench.log().read(T, "gone", 10, Duration.ofMillis(10));
        REDIS.server()
                .client()
                .xdel(
                        "ghala:{orders}:intents",
                        new redis.clients.jedis.StreamEntryID(token.id().toString()));
        ApplyIntents worker = bench.worker("");
        Awaitility.await().until(() -> {
            worker.runOnce();
            return bench.log().settled(T).orElseThrow().through().equals(token.id());
        });
    }

    @Test
    void aWipedRedisGoesOnAboveTheFolder() throws Exception {
        Files.writeString(bench.table.resolve("a@4000000000000-7.json"), "{}");
        REDIS.server().client().flushAll();
        ApplyIntents worker = bench.worker("");
        worker.runOnce();
        assertThat(bench.enqueue(upsert("a", "{}")).id()).isGreaterThan(new StreamId(4_000_000_000_000L, 7));
    }

    @Test
    void theLaterOfTwoWritesWinsThoughAppliedFirst() throws Exception {
        WriteToken first = bench.enqueue(upsert("a", "{\"v\":1}"));
        List<Entry> held = bench.log().read(T, "slow", 1, Duration.ofMillis(10));
        assertThat(held).hasSize(1);
        WriteToken second = bench.enqueue(upsert("a", "{\"v\":2}"));
        ApplyIntents worker = bench.worker("");
        drain(worker);
        assertThat(bench.files()).containsExactlyInAnyOrder("a@" + first.id() + ".json", "a@" + second.id() + ".json");
        assertThat(RowOps.latestBelow(bench.table, new io.ghala.model.RowId("a"), new StreamId(Long.MAX_VALUE, 0)))
                .hasValueSatisfying(op -> assertThat(op.streamId()).isEqualTo(second.id()));
    }

    @Test
    void ofTwoWritesThatExpectTheSameVersionOneWins() throws Exception {
        WriteToken base = bench.enqueue(upsert("a", "{\"v\":0}"));
        WriteToken winner = bench.enqueue(upsertIf("a", "{\"v\":1}", base.id().toString()));
        WriteToken loser = bench.enqueue(upsertIf("a", "{\"v\":2}", base.id().toString()));
        drain(bench.worker(""));
        assertThat(state(winner)).isInstanceOf(WriteState.Applied.class);
        assertThat(state(loser)).isInstanceOfSatisfying(WriteState.Dead.class, dead -> assertThat(dead.reason())
                .contains(winner.id().toString())
                .contains(base.id().toString()));
    }

    @Test
    void aConditionalWriteWaitsForWhatWasQueuedBeforeAndOthersGoOn() throws Exception {
        bench.enqueue(upsert("b", "{}"));
        bench.log().read(T, "slow", 1, Duration.ofMillis(10));
        WriteToken conditional = bench.enqueue(upsertIf("a", "{\"v\":1}", "absent"));
        WriteToken later = bench.enqueue(upsert("c", "{}"));
        ApplyIntents worker = bench.worker("");
        // Claims nothing yet: the slow worker has held its entry for a moment only.
        worker.runOnce();
        assertThat(state(later)).isInstanceOf(WriteState.Applied.class);
        assertThat(state(conditional)).isInstanceOf(WriteState.Pending.class);
        drain(worker);
        assertThat(state(conditional)).isInstanceOf(WriteState.Applied.class);
    }

    @Test
    void absentMeansNoOpAndNoRowOfAFile() throws Exception {
        bench.plainRows = (table, id, epoch, through) -> id.text().equals("plain");
        WriteToken fresh = bench.enqueue(upsertIf("new", "{}", "absent"));
        WriteToken plain = bench.enqueue(upsertIf("plain", "{}", "absent"));
        WriteToken again = bench.enqueue(upsertIf("new", "{}", "absent"));
        bench.enqueue(delete("new"));
        WriteToken reborn = bench.enqueue(upsertIf("new", "{}", "absent"));
        drain(bench.worker(""));
        assertThat(state(fresh)).isInstanceOf(WriteState.Applied.class);
        assertThat(state(plain)).isInstanceOf(WriteState.Dead.class);
        assertThat(state(again)).isInstanceOf(WriteState.Dead.class);
        assertThat(state(reborn)).isInstanceOf(WriteState.Applied.class);
    }

    @Test
    void aConditionThatNobodyCanTellOfWaits() throws Exception {
        bench.plainRows = (table, id, epoch, through) -> {
            throw new NotKnownException("no query-service", new IOException("none"));
        };
        WriteToken token = bench.enqueue(upsertIf("a", "{}", "absent"));
        ApplyIntents worker = bench.worker("");
        worker.runOnce();
        assertThat(state(token)).isInstanceOf(WriteState.Pending.class);
        bench.plainRows = (table, id, epoch, through) -> false;
        drain(worker);
        assertThat(state(token)).isInstanceOf(WriteState.Applied.class);
    }

    @Test
    void aDecisionHoldsForWhoeverComesAfterTheOneThatMadeIt() throws Exception {
        bench.plainRows = (table, id, epoch, through) -> true;
        WriteToken token = bench.enqueue(upsertIf("a", "{}", "absent"));
        assertThatThrownBy(() -> drain(bench.worker("worker.after-decide=throw")))
                .isInstanceOf(ReachedException.class);
        bench.plainRows = (table, id, epoch, through) -> false;
        drain(bench.worker(""));
        assertThat(state(token)).isInstanceOf(WriteState.Dead.class);
        assertThat(REDIS.server().client().exists("ghala:{orders}:cas")).isFalse();
    }

    @Test
    void aBaseChangedByHandBetweenDecisionAndRenameIsNotOverwritten() throws Exception {
        WriteToken base = bench.enqueue(upsert("a", "{\"v\":0}"));
        drain(bench.worker(""));
        WriteToken token = bench.enqueue(upsertIf("a", "{\"v\":1}", base.id().toString()));
        Path file = bench.table.resolve("a@" + base.id() + ".json");
        ApplyIntents worker = bench.worker("worker.after-fsync=pause:1500");
        Thread editor = new Thread(() -> {
            Awaitility.await().until(() -> REDIS.server().client().exists("ghala:{orders}:cas"));
            try {
                Files.writeString(file, "{\"v\":\"edited\"}");
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        editor.start();
        drain(worker);
        editor.join();
        assertThat(state(token)).isInstanceOfSatisfying(WriteState.Dead.class, dead -> assertThat(dead.reason())
                .contains("by hand"));
        assertThat(Files.readString(file)).contains("edited");
    }

    @Test
    void aRetriedLetterIsAppliedUnlessItsRowChangedSince() throws Exception {
        DeadLetters dead = bench.port(DeadLetters.class);
        WriteToken base = bench.enqueue(upsert("a", "{\"v\":0}"));
        bench.log().bury(T, bench.log().read(T, "w", 1, Duration.ofMillis(10)).get(0), "for a test");
        WriteToken unchanged = ((Retry.Queued) dead.retry(T, base.id(), Force.NO)).token();
        drain(bench.worker(""));
        assertThat(state(unchanged)).isInstanceOf(WriteState.Applied.class);
        assertThat(state(base)).isInstanceOfSatisfying(WriteState.Dead.class, state -> assertThat(state.reason())
                .contains(unchanged.toString()));
        assertThat(dead.retry(T, base.id(), Force.YES)).isInstanceOf(Retry.Refused.class);

        WriteToken second = bench.enqueue(upsert("a", "{\"v\":1}"));
        bench.log().bury(T, bench.log().read(T, "w", 1, Duration.ofMillis(10)).get(0), "for a test");
        bench.enqueue(upsert("a", "{\"v\":2}"));
        WriteToken changed = ((Retry.Queued) dead.retry(T, second.id(), Force.NO)).token();
        drain(bench.worker(""));
        assertThat(state(changed)).isInstanceOfSatisfying(WriteState.Dead.class, state -> assertThat(state.reason())
                .contains("--force"));
        WriteToken forced = ((Retry.Queued) dead.retry(T, changed.id(), Force.YES)).token();
        drain(bench.worker(""));
        assertThat(state(forced)).isInstanceOf(WriteState.Applied.class);
        assertThat(dead.count(T)).isZero();
    }
}
