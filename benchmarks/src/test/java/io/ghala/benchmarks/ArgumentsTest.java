package io.ghala.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghala.benchmarks.measure.SmallFiles;
import io.ghala.benchmarks.measure.SnapshotLoad;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
    private static final List<String> KNOWN = List.of("load", "sql");

    @Test
    void takesSizesWithBlanksOrCommasAndNamesAfterThem() {
        Arguments arguments = Arguments.parse(List.of("--rows", "1000,2_000", "3000", "sql"), KNOWN);

        assertThat(arguments.sizes()).containsExactly(1000, 2000, 3000);
        assertThat(arguments.names()).containsExactly("sql");
    }

    @Test
    void nothingMeansEverythingAtItsOwnSizes() {
        Arguments arguments = Arguments.parse(List.of(), KNOWN);

        assertThat(BenchmarksMain.ALL).allSatisfy(benchmark -> {
            assertThat(arguments.wants(benchmark)).isTrue();
            assertThat(arguments.sizesOf(benchmark)).isEqualTo(benchmark.sizes());
        });
    }

    @Test
    void leavesOutSizesThatABenchmarkDoesNotTake() {
        Arguments arguments = Arguments.parse(List.of("--rows", "1000", "10000000"), KNOWN);

        assertThat(arguments.sizesOf(new SmallFiles())).containsExactly(1000);
        assertThat(arguments.sizesOf(new SnapshotLoad())).containsExactly(1000, 10_000_000);
    }

    @Test
    void saysWhichWordIsWrongAndWhatIsRight() {
        assertThatThrownBy(() -> Arguments.parse(List.of("lode"), KNOWN))
                .hasMessageContaining("'lode'")
                .hasMessageContaining("load, sql");
        assertThatThrownBy(() -> Arguments.parse(List.of("load", "--rows"), KNOWN))
                .hasMessageContaining("--rows needs a number");
        assertThatThrownBy(() -> Arguments.parse(List.of("--rows", "0"), KNOWN)).hasMessageContaining("'0'");
        assertThatThrownBy(() -> Arguments.parse(List.of("--rows", "99999999999"), KNOWN))
                .hasMessageContaining("'99999999999'");
    }
}
