package io.ghala.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.ghala.benchmarks.figures.Effort;
import io.ghala.benchmarks.figures.Result;
import io.ghala.benchmarks.measure.Benchmark;
import io.ghala.benchmarks.measure.ServiceMemory;
import io.ghala.benchmarks.stand.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every benchmark runs at a small size, so that none rots; what it measures is checked by itself. */
class BenchmarksIT {
    private static final Arguments SMOKE = Arguments.parse(List.of("--smoke"), List.of());
    private static Setting setting;

    @BeforeAll
    static void share() throws IOException {
        setting = Setting.make(Effort.SMOKE);
    }

    @AfterAll
    static void clear() throws IOException {
        setting.close();
    }

    static List<Named> benchmarks() {
        return BenchmarksMain.ALL.stream().map(Named::new).toList();
    }

    /** Shows the benchmark's name in the report. */
    record Named(Benchmark benchmark) {
        @Override
        public String toString() {
            return benchmark.name();
        }
    }

    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    @ParameterizedTest
    @MethodSource("benchmarks")
    void givesFiguresAtASmallSize(Named named) throws Exception {
        Benchmark benchmark = named.benchmark();
        assumeThat(benchmark instanceof ServiceMemory && !Files.exists(Path.of("/proc/self/status")))
                .as("memory is measured on Linux only")
                .isFalse();
        List<Result> results = benchmark.run(SMOKE.sizesOf(benchmark).get(0), setting);

        assertThat(results).isNotEmpty().allSatisfy(result -> assertThat(result.ghala())
                .matches(".*[0-9].*|n/a"));
        assertThat(results).anySatisfy(result -> assertThat(result.ghala()).matches(".*[1-9].*"));
    }
}
