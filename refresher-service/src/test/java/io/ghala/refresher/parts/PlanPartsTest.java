package io.ghala.refresher.parts;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.model.Column;
import io.ghala.model.ScalarType;
import io.ghala.model.TableSchema;
import io.ghala.refresher.index.Part;
import io.ghala.refresher.index.Part.Showing;
import io.ghala.refresher.index.Rows;
import io.ghala.refresher.parts.PartPlan.Columns;
import io.ghala.refresher.parts.PartPlan.NewPart;
import io.ghala.refresher.rows.SourceRows.Kind;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlanPartsTest {
    private static final TableSchema SCHEMA = new TableSchema(List.of(new Column("id", ScalarType.VARCHAR)));

    private static Part rows(String file, int count) {
        return Rows.fresh(List.of(Rows.plain(
                file, IntStream.range(0, count).mapToObj(i -> file + i).toArray(String[]::new))));
    }

    private static List<Integer> sizes(PartPlan plan) {
        return plan.built().stream().map(NewPart::rows).toList();
    }

    @Test
    void aTableThatFitsOneBlobIsOnePartWithAllColumns() {
        PartPlan plan = new PlanParts().plan(List.of(rows("a", 10), rows("b", 5)), SCHEMA);
        assertThat(sizes(plan)).containsExactly(15);
        assertThat(plan.built().get(0).columns()).isEqualTo(Columns.ALL);
        assertThat(plan.absorbed()).hasSize(2);
    }

    @Test
    void anEmptyTableIsOnePartWithoutRowsThatTellsItsColumns() {
        PartPlan plan = new PlanParts().plan(List.of(), SCHEMA);
        assertThat(sizes(plan)).containsExactly(0);
        assertThat(plan.built().get(0).showing()).isEqualTo(Showing.VISIBLE);
    }

    @Test
    void aLargerTableIsCutIntoPartsOfAboutEqualSize() {
        PartPlan plan = new PlanParts(0, 10).plan(List.of(rows("a", 95)), SCHEMA);
        assertThat(sizes(plan)).hasSize(10).allMatch(size -> size >= 5 && size <= 10);
        assertThat(sizes(plan).stream().mapToInt(Integer::intValue).sum()).isEqualTo(95);
        assertThat(plan.built()).allMatch(part -> part.columns() == Columns.PRESENT);
    }

    @Test
    void aVeryLargeTableHasAboutSixtyFourParts() {
        PartPlan plan = new PlanParts(0, 10).plan(List.of(rows("a", 6400)), SCHEMA);
        assertThat(plan.built()).hasSize(64);
    }

    @Test
    void hiddenRowsLiveInPartsOfTheirOwn() {
        Part part = Rows.fresh(List.of(Rows.plain("a", "1", "2"), Rows.write("1@5", "3", 5, Kind.UPSERT)));
        PartPlan plan = new PlanParts().plan(List.of(part), SCHEMA);
        assertThat(plan.built()).extracting(NewPart::showing).containsExactly(Showing.VISIBLE, Showing.HIDDEN);
        assertThat(sizes(plan)).containsExactly(2, 1);
    }

    @Test
    void whileMoreIsToComeFreshRowsAreCutForTheTableAsItWillBe() {
        PartPlan alone = new PlanParts(0, 10).planMeanwhile(List.of(rows("a", 100)), 0);
        assertThat(alone.built()).hasSize(10);
        PartPlan manyToCome = new PlanParts(0, 10).planMeanwhile(List.of(rows("a", 100)), 6300);
        assertThat(manyToCome.built()).hasSize(1);
    }
}
