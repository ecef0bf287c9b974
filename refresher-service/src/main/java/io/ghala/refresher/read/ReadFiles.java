package io.ghala.refresher.read;

import io.ghala.refresher.detect.FoundFile;
import io.ghala.refresher.rows.SourceRows;
import io.ghala.refresher.rows.UnreadableFileException;
import io.ghala.snapshot.RefusedFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads many files with several threads, as many at a time as fit into a budget of memory. */
public final class ReadFiles {
    private static final Logger log = LoggerFactory.getLogger(ReadFiles.class);
    /** A thread more is worth so many files, or so many bytes. */
    private static final int LEAST_FILES = 16;

    private static final long LEAST_BYTES = 1L << 20;
    private static final int MOST_IN_RUN = 1024;
    private static final int RUNS_PER_THREAD = 8;
    private static final long MOST_RUN_BYTES = 4L << 20;
    private final ExecutorService threads;
    private final int parallel;
    private final long budgetBytes;
    private final long runBytes;

    /**
     * {@code budgetBytes} bounds the tokens of one {@link #read}, by up to one run of files per thread more: many small
     * ones or a large one.
     */
    public ReadFiles(ExecutorService threads, int parallel, long budgetBytes) {
        this.threads = threads;
        this.parallel = parallel;
        this.budgetBytes = budgetBytes;
        this.runBytes = Math.min(MOST_RUN_BYTES, budgetBytes / RUNS_PER_THREAD);
    }

    /**
     * What was read.
     *
     * @param read files in their order, with their rows
     * @param refused files and why
     * @param vanished files that were gone when they were opened: list again
     * @param left files that are still to be read
     */
    public record Result(List<FileRows> read, List<Refused> refused, List<FoundFile> vanished, List<FoundFile> left) {}

    /** A file's rows. */
    public record FileRows(FoundFile file, List<SourceRows> rows) {}

    /** A file that cannot be taken, and why. */
    public record Refused(FoundFile file, RefusedFile.Kind kind, String reason) {
        /** A file that cannot be read. */
        public Refused(FoundFile file, String reason) {
            this(file, RefusedFile.Kind.REFUSED, reason);
        }
    }

    /**
     * Reads {@code files} until all are read or the budget is used up.
     *
     * @param readers makes a reader for one thread
     */
    public Result read(List<FoundFile> files, Supplier<TableFileReader> readers) {
        Round round = new Round(files);
        int tasks = tasks(files);
        if (tasks == 1) {
            round.run(readers.get());
        } else {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < tasks; i++) {
                running.add(threads.submit(() -> round.run(readers.get())));
            }
            running.forEach(ReadFiles::await);
        }
        return round.result();
    }

    /** As many threads as are worth their start. */
    private int tasks(List<FoundFile> files) {
        long bytes = files.stream().mapToLong(file -> file.stamp().size()).sum();
        long worth = Math.max(files.size() / LEAST_FILES, Math.min(files.size(), bytes / LEAST_BYTES));
        return (int) Math.max(1, Math.min(parallel, worth));
    }

    private static void await(Future<?> task) {
        try {
            task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while files were read", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("files could not be read: " + e.getCause(), e);
        }
    }

    /** One call of {@link #read}. */
    private final class Round {
        private final List<FoundFile> files;
        private final List<Run> runs = new ArrayList<>();
        private final AtomicLong bytes = new AtomicLong();
        private int next;

        Round(List<FoundFile> files) {
            this.files = files;
        }

        void run(TableFileReader reader) {
            long before = 0;
            Optional<Run> run = nextRun();
            while (run.isPresent()) {
                reader.read(run.get().files, run.get());
                long now = reader.bytes();
                bytes.addAndGet(now - before);
                before = now;
                run = nextRun();
            }
        }

        /** The next files for one thread: many small ones, or one large one. */
        private synchronized Optional<Run> nextRun() {
            if (next == files.size() || bytes.get() >= budgetBytes) {
                return Optional.empty();
            }
            int most = Math.min(MOST_IN_RUN, Math.max(1, files.size() / (RUNS_PER_THREAD * parallel)));
            int from = next;
            long size = 0;
            do {
                size += files.get(next++).stamp().size();
            } while (next < files.size()
                    && next - from < most
                    && size + files.get(next).stamp().size() <= runBytes);
            Run run = new Run(files.subList(from, next));
            runs.add(run);
            return Optional.of(run);
        }

        synchronized Result result() {
            List<FileRows> read = new ArrayList<>(next);
            List<Refused> refused = new ArrayList<>();
            List<FoundFile> vanished = new ArrayList<>();
            for (Run run : runs) {
                read.addAll(run.read);
                refused.addAll(run.refused);
                vanished.addAll(run.vanished);
            }
            return new Result(read, refused, vanished, files.subList(next, files.size()));
        }
    }

    /** Files that one thread reads, one after the other, and what became of them. */
    private static final class Run implements FileSink {
        private final List<FoundFile> files;
        private final List<FileRows> read = new ArrayList<>();
        private final List<Refused> refused = new ArrayList<>();
        private final List<FoundFile> vanished = new ArrayList<>();

        Run(List<FoundFile> files) {
            this.files = files;
        }

        @Override
        public void read(FoundFile file, List<SourceRows> rows) {
            read.add(new FileRows(file, rows));
        }

        @Override
        public void failed(FoundFile file, Exception problem) {
            if (problem instanceof NoSuchFileException) {
                vanished.add(file);
            } else if (problem instanceof UnreadableFileException unreadable) {
                refused.add(new Refused(file, unreadable.kind(), String.valueOf(problem.getMessage())));
            } else if (problem instanceof AccessDeniedException) {
                refused.add(
                        new Refused(
                                file,
                                "permission denied: let the account that the refresher runs as read it (chmod a+r), then touch it"));
            } else if (problem instanceof IOException) {
                refused.add(new Refused(file, "it cannot be read: " + problem.getMessage()));
            } else {
                // People's files are hostile input: what a parser did not expect must not keep the neighbours out.
                log.warn("reader failed file={} problem=\"{}\"", file.name(), problem.getMessage(), problem);
                refused.add(new Refused(
                        file, "it is damaged in a way that nobody expected: the refresher's log has the details"));
            }
        }
    }
}
