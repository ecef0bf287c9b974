package io.ghala.benchmarks;

import io.ghala.benchmarks.figures.Effort;
import io.ghala.benchmarks.measure.Benchmark;
import io.ghala.benchmarks.measure.ChangeCost;
import io.ghala.benchmarks.measure.ColdCli;
import io.ghala.benchmarks.measure.NameScan;
import io.ghala.benchmarks.measure.ParquetWrite;
import io.ghala.benchmarks.measure.ServiceMemory;
import io.ghala.benchmarks.measure.SmallFiles;
import io.ghala.benchmarks.measure.SnapshotLoad;
import io.ghala.benchmarks.measure.SqlOverHttp;
import io.ghala.benchmarks.measure.StreamDrain;
import io.ghala.benchmarks.measure.WriteLatency;
import io.ghala.benchmarks.stand.Setting;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The command {@code benchmarks/run}. Exit codes: 0 all measured, 1 something failed, 2 wrong usage. */
public final class BenchmarksMain {
    static final List<Benchmark> ALL = List.of(
            new SmallFiles(),
            new NameScan(),
            new SnapshotLoad(),
            new WriteLatency(),
            new ChangeCost(),
            new StreamDrain(),
            new ParquetWrite(),
            new SqlOverHttp(),
            new ColdCli(),
            new ServiceMemory());
    private static final int WRONG_USAGE = 2;

    private BenchmarksMain() {}

    public static void main(String[] words) throws Exception {
        Locale.setDefault(Locale.ROOT);
        Arguments arguments;
        try {
            arguments = Arguments.parse(
                    Arrays.asList(words), ALL.stream().map(Benchmark::name).toList());
        } catch (IllegalArgumentException e) {
            System.err.println("benchmarks: " + e.getMessage());
            System.exit(WRONG_USAGE);
            return;
        }
        Path page = Path.of(System.getProperty("ghala.page", "docs/benchmarks.md"));
        String command = "benchmarks/run" + (words.length == 0 ? "" : " " + String.join(" ", words));
        try (Setting setting = Setting.make(arguments.smoke() ? Effort.SMOKE : Effort.FULL)) {
            System.exit(new RunBenchmarks(ALL, setting, page).run(arguments, command));
        }
    }
}
