package io.ghala.benchmarks.measure;

import io.ghala.benchmarks.figures.BrokenRunException;
import io.ghala.benchmarks.figures.Figures;
import io.ghala.benchmarks.figures.Result;
import io.ghala.benchmarks.figures.Target;
import io.ghala.benchmarks.figures.Unit;
import io.ghala.benchmarks.stand.RunLog;
import io.ghala.benchmarks.stand.Service;
import io.ghala.benchmarks.stand.Setting;
import io.ghala.benchmarks.stand.Stand;
import io.ghala.benchmarks.stand.Waiting;
import io.ghala.presence.ServiceKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/** A round of the refresher over a folder in which nothing changed, against a plain listing of the same folder. */
public final class NameScan implements Benchmark {
    private static final String TABLE = "names";
    /** Links to one file: below the 65,000 of ext4. */
    private static final int LINKS = 50_000;

    private static final double MS_PER_SECOND = 1000;
    private static final String SCANDIR = """
            import os, sys, time
            for _ in range(int(sys.argv[2])):
                started = time.perf_counter_ns()
                with os.scandir(sys.argv[1]) as entries:
                    names = sum(1 for _ in entries)
                print(names, time.perf_counter_ns() - started)
            """;

    @Override
    public String name() {
        return "scan";
    }

    @Override
    public String title() {
        return "a look at a folder of a million names without change";
    }

    @Override
    public String about() {
        return """
                The median time of a whole round of the refresher (`ghala_work_refresh_names_rounds` of its /metrics) while the folder stands still; it
                includes what the round asks Redis. The names are hard links to a few one-row JSON files. The peer is Python's `os.scandir`
                counting the entries or, without `python3`, Java's DirectoryStream.""";
    }

    @Override
    public List<Integer> sizes() {
        return List.of(1_000_000);
    }

    @Override
    public boolean countsFiles() {
        return true;
    }

    @Override
    public int largest() {
        return 1_000_000;
    }

    @Override
    public Duration limit() {
        return Duration.ofMinutes(8);
    }

    @Override
    public List<Result> run(int size, Setting setting) throws Exception {
        int runs = setting.effort().runs();
        try (Stand stand = new Stand(setting).with("SCAN_INTERVAL_SEC", "0.05")) {
            RunLog.say("  linking %,d names".formatted(size));
            Path folder = Files.move(link(stand.scratch(), size), stand.root().resolve(TABLE));
            RunLog.say("  the refresher reads them once");
            Service refresher = stand.start(ServiceKind.REFRESHER);
            stand.awaitPublished(TABLE, size);
            double before = rounds(refresher);
            // The rounds before are few among these, so that the median is one of a round without change.
            double enough = 2 * before + 4L * runs;
            Waiting.until("rounds without change", () -> rounds(refresher) >= enough);
            OptionalDouble seconds = refresher.metric("ghala_work_refresh_names_rounds{quantile=\"0.5\"}");
            BrokenRunException.require(seconds.isPresent(), "the refresher does not tell how long its rounds take");
            refresher.kill();
            Figures ours = Figures.of(Unit.MILLISECONDS, seconds.getAsDouble() * MS_PER_SECOND);
            boolean python = pythonThere();
            Figures peer = python ? scandir(folder, size, runs, stand.scratch()) : stream(folder, size, runs);
            return List.of(Result.over(
                    "a round without change",
                    ours,
                    python ? "Python os.scandir" : "Java DirectoryStream (no python3 here)",
                    peer,
                    Target.atMost("≤ 1.5x", ours.median() / peer.median(), 1.5)));
        }
    }

    private static double rounds(Service refresher) throws IOException, InterruptedException {
        return refresher
                .metric("ghala_work_refresh_names_rounds_count")
                .orElseThrow(() -> new BrokenRunException("the refresher does not count its rounds"));
    }

    private static Path link(Path scratch, int names) throws IOException {
        Path folder = Files.createDirectory(scratch.resolve(TABLE));
        for (int from = 0; from < names; from += LINKS) {
            Path source = Files.writeString(scratch.resolve("source-" + from), "{\"amount\":" + from + "}");
            for (int i = from; i < Math.min(names, from + LINKS); i++) {
                Files.createLink(folder.resolve("name-%07d.json".formatted(i)), source);
            }
        }
        return folder;
    }

    private static boolean pythonThere() throws IOException, InterruptedException {
        try {
            return new ProcessBuilder("python3", "-c", "import os; os.scandir")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            RunLog.say("  no python3: " + e.getMessage());
            return false;
        }
    }

    private static Figures scandir(Path folder, int names, int runs, Path scratch)
            throws IOException, InterruptedException {
        Path script = Files.writeString(scratch.resolve("scandir.py"), SCANDIR);
        Process python = new ProcessBuilder("python3", script.toString(), folder.toString(), Integer.toString(runs))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> lines = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        BrokenRunException.require(
                python.waitFor() == 0
                        && lines.size() == runs
                        && lines.stream().allMatch(line -> line.startsWith(names + " ")),
                "scandir gave " + lines);
        return Figures.ofNanos(lines.stream()
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
                .toArray());
    }

    private static Figures stream(Path folder, int names, int runs) throws IOException {
        long[] nanos = new long[runs];
        for (int run = 0; run < runs; run++) {
            long started = System.nanoTime();
            long found = 0;
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
                for (Path entry : entries) {
                    found += entry.getNameCount() > 0 ? 1 : 0;
                }
            }
            nanos[run] = System.nanoTime() - started;
            BrokenRunException.require(found == names, "the listing gave " + found + " names");
        }
        return Figures.ofNanos(Arrays.copyOf(nanos, runs));
    }
}
