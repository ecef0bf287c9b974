package io.ghala.benchmarks.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void givesQuantilesOfUnsortedValues() {
        Figures figures = Figures.of(
                Unit.MILLISECONDS,
                IntStream.rangeClosed(1, 200).mapToDouble(i -> 201 - i).toArray());

        assertThat(figures.median()).isEqualTo(100);
        assertThat(figures.p99()).isEqualTo(198);
        assertThat(figures.quantilesText()).isEqualTo("1.00 / **p50 100** / **p99 198** / 200 ms");
    }

    @Test
    void showsOneValueAlone() {
        assertThat(Figures.of(Unit.BYTES, 12_345).text()).isEqualTo("12,345 bytes");
        assertThat(Figures.ofNanos(1_500_000).text()).isEqualTo("1.50 ms");
    }

    @Test
    void aTargetThatIsMissedSaysSo() {
        Target target = Target.atMost("≤ 2x", 2.1, 2).andAtLeast("≥ 10 rows/s", 11, 10);

        assertThat(target.text()).isEqualTo("≤ 2x: **no**; ≥ 10 rows/s: yes");
    }
}
