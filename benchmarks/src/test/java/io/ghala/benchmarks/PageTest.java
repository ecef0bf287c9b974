package io.ghala.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.benchmarks.figures.Figures;
import io.ghala.benchmarks.figures.Result;
import io.ghala.benchmarks.figures.Target;
import io.ghala.benchmarks.figures.Unit;
import io.ghala.benchmarks.measure.Benchmark;
import io.ghala.benchmarks.measure.SnapshotLoad;
import io.ghala.benchmarks.measure.SqlOverHttp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageTest {
    private static final Benchmark LOAD = new SnapshotLoad();
    private static final Benchmark SQL = new SqlOverHttp();
    private static final List<Benchmark> BOTH = List.of(LOAD, SQL);

    private static Result result(String work) {
        return Result.over(
                work,
                Figures.of(Unit.MILLISECONDS, 3, 1, 2),
                "peer",
                Figures.of(Unit.MILLISECONDS, 4),
                Target.atMost("≤ 1x", 0.5, 1));
    }

    @Test
    void keepsTheBlocksThatWereNotMeasuredAnew() {
        Page first = Page.of("");
        first.put(LOAD, 1000, "a machine", "benchmarks/run", List.of(result("old small")));
        first.put(LOAD, 2000, "a machine", "benchmarks/run", List.of(result("old large")));
        first.put(SQL, 1000, "a machine", "benchmarks/run", List.of(result("old sql")));

        Page second = Page.of(first.text(BOTH));
        second.put(LOAD, 1000, "another machine", "benchmarks/run load", List.of(result("new small")));

        assertThat(second.text(BOTH))
                .contains("new small", "another machine", "old large", "old sql")
                .doesNotContain("old small");
    }

    @Test
    void writesMedianRatioAndWhetherTheTargetIsReached() {
        Page page = Page.of("");
        page.put(LOAD, 1000, "a machine", "benchmarks/run", List.of(result("work")));

        assertThat(page.text(BOTH))
                .contains("| work | 1.00 / 2.00 / 3.00 ms | peer 4.00 ms | 0.50x | ≤ 1x: yes |")
                .contains("**1,000** on a machine, by `benchmarks/run`");
    }

    @Test
    void isTheSameWhenNothingWasMeasured() {
        Page page = Page.of("");
        page.put(SQL, 1000, "a machine", "benchmarks/run", List.of(result("work")));
        String text = page.text(BOTH);

        assertThat(Page.of(text).text(BOTH)).isEqualTo(text);
    }

    @Test
    void docsHoldThePageOfTheseBenchmarks() throws IOException {
        String docs = Files.readString(Path.of("../docs/benchmarks.md"));

        assertThat(docs).isEqualTo(Page.of(docs).text(BenchmarksMain.ALL));
    }
}
