package io.ghala.worker.tidy;

import static io.ghala.worker.Bench.T;
import static io.ghala.worker.Bench.delete;
import static io.ghala.worker.Bench.upsert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghala.folder.FolderLayout;
import io.ghala.folder.StageFolder;
import io.ghala.intent.CleanUpBarrier;
import io.ghala.intent.CleanUpBarrier.ReplacedException;
import io.ghala.model.WriteToken;
import io.ghala.service.FailPoints.ReachedException;
import io.ghala.snapshot.RefusedFile;
import io.ghala.testing.RealRedis;
import io.ghala.worker.Bench;
import io.ghala.worker.apply.ApplyIntents;
import io.ghala.worker.tidy.TidyPlan.Extent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Clean-up and compaction on a real Redis and a real folder: fewer files, the same rows, whatever stops where. */
class TidyFolderIT {
    private static final String SETTINGS = """
            ghala.redis.lease-ttl = 10m
            ghala.worker {
              claim-idle = 100ms, op-files = rows
              clean-up { barrier-wait = 300ms, merge-rows = 4, merge-segments = 3, spent-after = 0s }
            }
            """;

    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    @TempDir
    Path root;

    private Bench bench;
    private ApplyIntents worker;

    @BeforeEach
    void open() throws Exception {
        bench = new Bench(REDIS.server(), root, SETTINGS);
        worker = bench.worker("");
        worker.runOnce();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    /** What the worker and the refresher do while the cleaner waits for them. */
    private void others() {
        try {
            worker.runOnce();
            bench.refresh();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void applyAll() {
        Awaitility.await().until(() -> {
            others();
            return bench.backlog().queued() == 0;
        });
        bench.refresh();
    }

    private void tidy(Extent extent) throws Exception {
        try (TidyFolder cleaner = bench.cleaner("", this::others)) {
            cleaner.tidy(extent);
        }
    }

    @Test
    void hiddenWritesGoAndTheLastOfEachRowStays() throws Exception {
        bench.enqueue(upsert("a", "{\"v\":1}"));
        bench.enqueue(delete("b"));
        WriteToken a = bench.enqueue(upsert("a", "{\"v\":2}"));
        WriteToken b = bench.enqueue(upsert("b", "{\"v\":3}"));
        applyAll();
        tidy(Extent.WHEN_MANY);
        assertThat(bench.files()).containsExactly("a@" + a.id() + ".json", "b@" + b.id() + ".json");
    }

    @Test
    void nothingBeyondThePublishedWatermarkIsTouched() throws Exception {
        bench.enqueue(upsert("a", "{\"v\":1}"));
        applyAll();
        bench.enqueue(upsert("a", "{\"v\":2}"));
        worker.runOnce();
        tidy(Extent.WHEN_MANY);
        assertThat(bench.files()).hasSize(2);
        bench.refresh();
        tidy(Extent.WHEN_MANY);
        assertThat(bench.files()).hasSize(1);
    }

    @Test
    void manyFilesBecomeOneWithTheSameRows() throws Exception {
        for (int i = 0; i < 6; i++) {
            bench.enqueue(upsert("r" + i, "{\"id\":\"r" + i + "\",\"v\": 1.50}"));
        }
        applyAll();
        Map<String, String> before = bench.rows();
        tidy(Extent.WHEN_MANY);
        assertThat(bench.files()).singleElement().asString().startsWith("ops@");
        assertThat(bench.rows()).isEqualTo(before).hasSize(6);
    }

    @Test
    void someOpsFilesOfTheSameSizeBecomeOne() throws Exception {
        for (int i = 0; i < 3; i++) {
            bench.enqueue(upsert("a" + i, "{\"v\":" + i + "}"));
            bench.enqueue(upsert("same", "{\"v\":" + i + "}"));
            applyAll();
            tidy(Extent.ALL);
        }
        bench.enqueue(upsert("last", "{}"));
        applyAll();
        Map<String, String> before = bench.rows();
        tidy(Extent.ALL);
        assertThat(bench.files()).hasSize(1);
        assertThat(bench.rows())
                .isEqualTo(before)
                .containsEntry("same", "{\"v\":2}")
                .hasSize(5);
    }

    private static final List<String> STEPS = List.of(
            "cleaner.after-barrier=throw",
            "cleaner.after-workers=throw",
            "cleaner.after-remove=throw@1",
            "cleaner.after-remove=throw@3",
            "cleaner.before-temp-write=throw",
            "cleaner.after-temp-write=throw",
            "cleaner.after-fsync=throw",
            "cleaner.after-rename=throw",
            "cleaner.after-folder-sync=throw",
            "cleaner.after-merge=throw",
            "cleaner.after-log=throw",
            "cleaner.after-published=throw",
            "cleaner.after-remove=throw@5",
            "cleaner.after-remove=throw@7");

    @Test
    void aCleanerStoppedAfterAnyStepLosesNoRowAndBringsNoneBackAndAnotherEndsIt() throws Exception {
        for (String step : STEPS) {
            REDIS.server().client().flushAll();
            try (Bench fresh = new Bench(REDIS.server(), root.resolve(step.replaceAll("[^a-z0-9]", "-")), SETTINGS)) {
                bench = fresh;
                worker = fresh.worker("");
                worker.runOnce();
                for (int i = 0; i < 5; i++) {
                    fresh.enqueue(upsert("r" + i, "{\"v\":0}"));
                    fresh.enqueue(upsert("r" + i, "{\"v\":" + i + "}"));
                }
                fresh.enqueue(delete("r1"));
                fresh.enqueue(delete("nothing"));
                applyAll();
                Map<String, String> before = fresh.rows();
                TidyFolder stopped = fresh.cleaner(step, this::others);
                assertThatThrownBy(() -> stopped.tidy(Extent.ALL)).as(step).isInstanceOf(ReachedException.class);
                assertThat(fresh.rows()).as(step).isEqualTo(before).hasSize(4);
                applyAll();
                tidy(Extent.ALL);
                tidy(Extent.ALL);
                assertThat(fresh.rows()).as(step).isEqualTo(before);
                assertThat(fresh.files()).as(step).hasSize(1);
                fresh.enqueue(upsert("r1", "{\"v\":9}"));
                applyAll();
                assertThat(fresh.rows()).as(step).containsEntry("r1", "{\"v\":9}");
            }
        }
    }

    @Test
    void aWorkerThatSleptWithAnOldBatchCannotBringBackWhatIsGone() throws Exception {
        ApplyIntents sleeper = bench.worker("worker.after-read=throw");
        sleeper.runOnce();
        bench.enqueue(upsert("a", "{\"v\":1}"));
        assertThatThrownBy(sleeper::runOnce).isInstanceOf(ReachedException.class);
        bench.enqueue(delete("a"));
        applyAll();
        assertThat(bench.files()).hasSize(2);
        tidy(Extent.WHEN_MANY);
        assertThat(bench.files()).isEmpty();
        sleeper.runOnce();
        assertThat(bench.files()).isEmpty();
        assertThat(bench.rows()).isEmpty();
    }

    @Test
    void aWorkerThatIsAwakeIsNotFenced() throws Exception {
        bench.enqueue(upsert("a", "{\"v\":1}"));
        bench.enqueue(upsert("a", "{\"v\":2}"));
        applyAll();
        List<String> stages = new ArrayList<>(StageFolder.standing(new FolderLayout(root), "worker-orders"));
        tidy(Extent.WHEN_MANY);
        assertThat(StageFolder.standing(new FolderLayout(root), "worker-orders"))
                .containsExactlyInAnyOrderElementsOf(stages);
    }

    @Test
    void anInputRemovedByHandBeforeTheMergeIsPublishedStaysRemoved() throws Exception {
        List<WriteToken> tokens = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            tokens.add(bench.enqueue(upsert("r" + i, "{}")));
        }
        applyAll();
        Path undone = bench.table.resolve("r2@" + tokens.get(2).id() + ".json");
        TidyFolder cleaner = bench.cleaner("", () -> {
            boolean merged = bench.files().stream().anyMatch(name -> name.startsWith("ops@"));
            try {
                if (merged) {
                    Files.deleteIfExists(undone);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            others();
        });
        cleaner.tidy(Extent.ALL);
        assertThat(bench.rows()).hasSize(4).doesNotContainKey("r2");
        assertThat(bench.files()).noneMatch(name -> name.startsWith("ops@"));
        tidy(Extent.ALL);
        assertThat(bench.rows()).hasSize(4);
        assertThat(bench.files()).hasSize(1);
    }

    @Test
    void deletesStayWhileTheyMayHideARowOfAFileOfPeople() throws Exception {
        Files.writeString(bench.table.resolve("plain.json"), "{\"id\":\"a\"}");
        WriteToken token = bench.enqueue(delete("a"));
        applyAll();
        tidy(Extent.ALL);
        assertThat(bench.files()).contains("a@" + token.id() + ".deleted");
        Files.delete(bench.table.resolve("plain.json"));
        bench.refresh(new RefusedFile("other.json", "it cannot be read"));
        tidy(Extent.ALL);
        assertThat(bench.files()).contains("a@" + token.id() + ".deleted");
    }

    @Test
    void aFileThatSomebodyBrokeByHandIsLeftAlone() throws Exception {
        List<WriteToken> tokens = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            tokens.add(bench.enqueue(upsert("r" + i, "{}")));
        }
        applyAll();
        String broken = "r2@" + tokens.get(2).id() + ".json";
        Files.writeString(bench.table.resolve(broken), "{");
        tidy(Extent.ALL);
        assertThat(bench.files()).hasSize(2).contains(broken);
    }

    @Test
    void oneThatWasOvertakenRemovesNothing() throws Exception {
        bench.enqueue(upsert("a", "{\"v\":1}"));
        bench.enqueue(upsert("a", "{\"v\":2}"));
        applyAll();
        TidyFolder cleaner =
                bench.cleaner("", () -> bench.port(CleanUpBarrier.class).raise(T));
        assertThatThrownBy(() -> cleaner.tidy(Extent.ALL)).isInstanceOf(ReplacedException.class);
        assertThat(bench.files()).hasSize(2);
    }

    @Test
    void randomWritesAndCleanUpsEndWithTheSerialReplay() throws Exception {
        long seed = System.nanoTime();
        java.util.Random random = new java.util.Random(seed);
        Map<String, String> replay = new TreeMap<>();
        for (int round = 0; round < 6; round++) {
            for (int i = 0; i < 20; i++) {
                String id = "r" + random.nextInt(15);
                if (random.nextInt(4) == 0) {
                    bench.enqueue(delete(id));
                    replay.remove(id);
                } else {
                    String payload = "{\"v\":" + random.nextInt() + "}";
                    bench.enqueue(upsert(id, payload));
                    replay.put(id, payload);
                }
            }
            applyAll();
            tidy(random.nextBoolean() ? Extent.ALL : Extent.WHEN_MANY);
            assertThat(bench.rows()).as("seed " + seed + " round " + round).isEqualTo(replay);
        }
    }
}
