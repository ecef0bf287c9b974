package io.ghala.worker.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.config.GhalaConfig.CleanUpSettings;
import io.ghala.folder.OpFileName;
import io.ghala.model.StreamId;
import io.ghala.worker.stage.OpFolder;
import io.ghala.worker.stage.OpFolder.Sized;
import io.ghala.worker.tidy.TidyPlan.Deletes;
import io.ghala.worker.tidy.TidyPlan.Extent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TidyPlanTest {
    private static final long T0 = 1_763_812_345_000L;
    private static final CleanUpSettings SETTINGS =
            new CleanUpSettings(Duration.ofSeconds(1), Duration.ofSeconds(1), 3, 2, Duration.ofSeconds(10));

    private static String at(long ms) {
        return "@" + (T0 + ms) + "-0";
    }

    private static String ops(long ms) {
        return "ops" + at(ms) + ".0123456789abcdef.ndjson";
    }

    private static TidyPlan plan(
            long throughMs, long nowMs, boolean plain, Deletes deletes, Extent extent, String... names) {
        List<Sized> files = new ArrayList<>();
        for (String name : names) {
            files.add(new Sized(OpFileName.parse(name).orElseThrow(), 100));
        }
        return TidyPlan.of(
                new OpFolder(files, plain), new StreamId(T0 + throughMs, 0), T0 + nowMs, deletes, extent, SETTINGS);
    }

    private static List<String> names(List<OpFileName> files) {
        return files.stream().map(OpFileName::fileName).toList();
    }

    @Test
    void lesserWritesGoFirstAndDeletesLast() {
        String[] files = {
            "a" + at(3) + ".deleted",
            "a" + at(1) + ".deleted",
            "b" + at(5) + ".json",
            "a" + at(2) + ".json",
            "b" + at(4) + ".json"
        };
        TidyPlan plan = plan(9, 60_000, false, Deletes.MAY_GO, Extent.WHEN_MANY, files);
        assertThat(names(plan.removable()))
                .containsExactly(
                        "a" + at(2) + ".json",
                        "b" + at(4) + ".json",
                        "a" + at(1) + ".deleted",
                        "a" + at(3) + ".deleted");
    }

    @Test
    void aDeleteStaysWhileItIsYoungOrMayHideSomething() {
        String delete = "a" + at(1) + ".deleted";
        assertThat(plan(9, 5_000, false, Deletes.MAY_GO, Extent.ALL, delete).removable())
                .isEmpty();
        assertThat(plan(9, 60_000, true, Deletes.MAY_GO, Extent.ALL, delete).removable())
                .isEmpty();
        assertThat(plan(9, 60_000, false, Deletes.KEEP, Extent.ALL, delete).removable())
                .isEmpty();
        assertThat(plan(9, 60_000, false, Deletes.MAY_GO, Extent.ALL, delete, ops(2))
                        .removable())
                .isEmpty();
        assertThat(plan(9, 60_000, false, Deletes.MAY_GO, Extent.ALL, delete).removable())
                .hasSize(1);
    }

    @Test
    void nothingBeyondTheWatermarkIsLookedAt() {
        TidyPlan plan = plan(
                1, 60_000, false, Deletes.MAY_GO, Extent.ALL, "a" + at(1) + ".json", "a" + at(2) + ".json", ops(3));
        assertThat(plan.removable()).isEmpty();
        assertThat(names(plan.merge())).containsExactly("a" + at(1) + ".json");
        assertThat(plan.spentBefore()).isEqualTo(StreamId.ZERO);
    }

    @Test
    void mergesWhenThereAreMany() {
        String[] two = {"a" + at(1) + ".json", "b" + at(2) + ".json"};
        assertThat(plan(9, 0, true, Deletes.KEEP, Extent.WHEN_MANY, two).merge())
                .isEmpty();
        assertThat(plan(9, 0, true, Deletes.KEEP, Extent.ALL, two).merge()).hasSize(2);
        String[] three = {"a" + at(1) + ".json", "b" + at(2) + ".json", "c" + at(3) + ".deleted"};
        assertThat(plan(9, 0, true, Deletes.KEEP, Extent.WHEN_MANY, three).merge())
                .hasSize(3);
        assertThat(plan(9, 0, true, Deletes.KEEP, Extent.WHEN_MANY, ops(1), ops(2))
                        .merge())
                .hasSize(2);
    }

    @Test
    void opsFilesOfVeryDifferentSizesAreNotMergedTogether() {
        List<Sized> files = List.of(
                new Sized(OpFileName.parse(ops(1)).orElseThrow(), 100),
                new Sized(OpFileName.parse(ops(2)).orElseThrow(), 1_000_000));
        TidyPlan plan = TidyPlan.of(
                new OpFolder(files, true), new StreamId(T0 + 9, 0), T0, Deletes.KEEP, Extent.WHEN_MANY, SETTINGS);
        assertThat(plan.merge()).isEmpty();
    }
}
