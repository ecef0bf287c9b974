package io.ghala.benchmarks;

import io.ghala.benchmarks.figures.Result;
import io.ghala.benchmarks.measure.Benchmark;
import io.ghala.benchmarks.stand.RunLog;
import io.ghala.benchmarks.stand.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs benchmarks one after the other, each in bounded time, and keeps the page: what failed leaves its block as it
 * was.
 */
final class RunBenchmarks {
    private static final int FAILED = 1;
    private static final long PATIENCE_SECONDS = 30;

    private final List<Benchmark> benchmarks;
    private final Setting setting;
    private final Path file;

    RunBenchmarks(List<Benchmark> benchmarks, Setting setting, Path file) {
        this.benchmarks = benchmarks;
        this.setting = setting;
        this.file = file;
    }

    /** Prints the page at the end and gives the exit code. */
    int run(Arguments arguments, String command) throws IOException, InterruptedException {
        Page page = Page.of(Files.exists(file) ? Files.readString(file) : "");
        String machine = Machine.describe();
        int code = 0;
        for (Benchmark benchmark : benchmarks) {
            if (arguments.wants(benchmark)) {
                for (int size : arguments.sizesOf(benchmark)) {
                    boolean measured = measure(benchmark, size, page, machine, command);
                    if (measured && !arguments.smoke()) {
                        Files.writeString(file, page.text(benchmarks));
                    }
                    code = measured ? code : FAILED;
                }
            }
        }
        System.out.print(page.text(benchmarks));
        return code;
    }

    private boolean measure(Benchmark benchmark, int size, Page page, String machine, String command)
            throws IOException, InterruptedException {
        RunLog.say("%s at %,d, at most %d minutes"
                .formatted(benchmark.name(), size, benchmark.limit().toMinutes()));
        try {
            List<Result> results = bounded(benchmark, size);
            page.put(benchmark, size, machine, command, results);
            results.forEach(result -> RunLog.say("  " + result.line()));
            return true;
        } catch (ExecutionException e) {
            RunLog.say("%s at %,d failed: %s".formatted(benchmark.name(), size, e.getCause()));
            return false;
        } catch (TimeoutException e) {
            RunLog.say("%s at %,d was given up: it takes longer than %d minutes"
                    .formatted(benchmark.name(), size, benchmark.limit().toMinutes()));
            return false;
        }
    }

    private List<Result> bounded(Benchmark benchmark, int size)
            throws ExecutionException, TimeoutException, InterruptedException, IOException {
        FutureTask<List<Result>> task = new FutureTask<>(() -> benchmark.run(size, setting));
        Thread thread = new Thread(task, benchmark.name());
        thread.setDaemon(true);
        thread.start();
        try (Ending ignored = () -> end(benchmark, thread)) {
            return task.get(benchmark.limit().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private static void end(Benchmark benchmark, Thread thread) throws IOException, InterruptedException {
        thread.interrupt();
        thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        if (thread.isAlive()) {
            throw new IOException(benchmark.name() + " does not end: nothing after it can be measured");
        }
    }

    /** What is done when a benchmark is over, however it ended. */
    private interface Ending extends AutoCloseable {
        @Override
        void close() throws IOException, InterruptedException;
    }
}
