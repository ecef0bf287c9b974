package io.ghala.benchmarks;

import io.ghala.benchmarks.figures.Result;
import io.ghala.benchmarks.measure.Benchmark;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page docs/benchmarks.md: its text comes from the benchmarks, and each run brings in its block of figures, between
 * two comments that name benchmark and size. Blocks that were not measured anew stay.
 */
final class Page {
    private static final Pattern BLOCK =
            Pattern.compile("(?s)<!-- begin ([a-z-]+) ([0-9]+) -->\\n(.*?)\\n<!-- end \\1 \\2 -->");
    private static final String HEAD = """
            # Benchmarks

            Every figure stands beside that of a peer or a floor measured in the same run on the same machine; the ratio is what counts, and it
            is that of the medians. A run whose results are wrong (row counts, sums, answers that differ from the peer's) gives no figures.

                benchmarks/run                                # everything at its usual sizes
                benchmarks/run write-latency sql              # some of it: %s
                benchmarks/run --rows 10000000                # at ten million rows, where a benchmark goes so far
                benchmarks/run load --rows 100000 1000000
                benchmarks/run --smoke                        # only to see that everything runs; the page stays as it is

            A run needs a JDK and starts what it measures: the services with the settings of `ghala up` as processes of their own, a real Redis
            with an append-only file, a scratch folder in `java.io.tmpdir` that goes at the end. Where they are on the path, `python3` and
            `redis-benchmark` serve as peers. It says on standard error what it does, gives up a benchmark that takes too long, prints this
            page on standard output and rewrites in docs/benchmarks.md the blocks of what was measured, each headed by machine and command.
            Run it on a quiet machine.

            The table of orders has ten columns: two integers, two doubles, a boolean, a timestamp, four texts, three of them with repetition;
            about 90 bytes a row as CSV. It is made by a formula, so that every run has the same rows.
            """;

    private final Map<String, SortedMap<Integer, String>> blocks = new TreeMap<>();

    /** The blocks of a page that was printed before; an empty text has none. */
    static Page of(String text) {
        Page page = new Page();
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            page.blocks(block.group(1)).put(Integer.valueOf(block.group(2)), block.group(3));
        }
        return page;
    }

    private SortedMap<Integer, String> blocks(String name) {
        return blocks.computeIfAbsent(name, unused -> new TreeMap<>());
    }

    /** Brings in what a benchmark gave at one size, measured on {@code machine} by {@code command}. */
    void put(Benchmark benchmark, int size, String machine, String command, List<Result> results) {
        String head = String.format(Locale.ROOT, "**%,d** on %s, by `%s`", size, machine, command);
        String lines = String.join("\n", results.stream().map(Result::line).toList());
        blocks(benchmark.name()).put(size, head + "\n\n" + Result.HEADER + "\n" + lines);
    }

    String text(List<Benchmark> benchmarks) {
        StringBuilder out = new StringBuilder(HEAD.formatted(
                String.join(", ", benchmarks.stream().map(Benchmark::name).toList())));
        for (Benchmark benchmark : benchmarks) {
            out.append("\n## ").append(benchmark.name()).append(": ").append(benchmark.title());
            out.append("\n\n").append(benchmark.about().strip()).append('\n');
            Map<Integer, String> measured = blocks(benchmark.name());
            if (measured.isEmpty()) {
                out.append("\nNo figures yet: `benchmarks/run ")
                        .append(benchmark.name())
                        .append("`.\n");
            }
            measured.forEach((size, block) -> out.append("\n<!-- begin %s %d -->\n".formatted(benchmark.name(), size))
                    .append(block)
                    .append("\n<!-- end %s %d -->\n".formatted(benchmark.name(), size)));
        }
        return out.toString();
    }
}
