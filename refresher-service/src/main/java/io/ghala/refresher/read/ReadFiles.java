package io.ghala.refresher.read;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads many files with several threads, as many at a time as fit into a budget of memory. */
public final class ReadFiles {
    private static final Logger log = LoggerFactory.getLogger(ReadFiles.class);
    private final ExecutorService threads;
    private final int parallel;
    private final long budgetBytes;

    /** {@code budgetBytes} bounds the tokens of one {@link #read}, by up to one file per thread more. */
    public ReadFiles(ExecutorService threads, int parallel, long budgetBytes) {
        this.threads = threads;
        this.parallel = parallel;
        this.budgetBytes = budgetBytes;
    }

    /**
     * What was read.
     *
     * @param rows rows by file
     * @param refused reasons by file
     * @param vanished files that were gone when they were opened: list again
     * @param left files that are still to be read
     */
    public record Result(
            Map<String, List<SourceRows>> rows,
            Map<String, String> refused,
            List<String> vanished,
            List<String> left) {}

    /**
     * Reads {@code files} until all are read or the budget is used up.
     *
     * @param readers makes a reader for one thread
     */
    public Result read(List<String> files, Supplier<TableFileReader> readers) {
        Reading reading = new Reading(files);
        int tasks = Math.max(1, Math.min(parallel, files.size() / 16));
        if (tasks == 1) {
            reading.run(readers.get());
        } else {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < tasks; i++) {
                running.add(threads.submit(() -> reading.run(readers.get())));
            }
            running.forEach(ReadFiles::await);
        }
        return reading.result();
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
    private final class Reading {
        private final List<String> files;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicLong bytes = new AtomicLong();
        private final Map<String, List<SourceRows>> rows = new ConcurrentSkipListMap<>();
        private final Map<String, String> refused = new ConcurrentSkipListMap<>();
        private final ConcurrentLinkedQueue<String> vanished = new ConcurrentLinkedQueue<>();

        Reading(List<String> files) {
            this.files = files;
        }

        void run(TableFileReader reader) {
            long before = 0;
            while (bytes.get() < budgetBytes) {
                int file = next.getAndIncrement();
                if (file >= files.size()) {
                    return;
                }
                read(reader, files.get(file));
                long now = reader.bytes();
                bytes.addAndGet(now - before);
                before = now;
            }
        }

        private void read(TableFileReader reader, String file) {
            try {
                rows.put(file, reader.read(file));
            } catch (NoSuchFileException e) {
                vanished.add(file);
            } catch (UnreadableFileException e) {
                refused.put(file, String.valueOf(e.getMessage()));
            } catch (IOException e) {
                refused.put(file, "it cannot be read: " + e.getMessage());
            } catch (RuntimeException e) {
                // People's files are hostile input: what a parser did not expect must not keep the neighbours out.
                log.warn("reader failed file={} problem=\"{}\"", file, e.getMessage(), e);
                refused.put(file, "its reader failed: " + e);
            }
        }

        Result result() {
            List<String> left = files.subList(Math.min(files.size(), next.get()), files.size());
            return new Result(new TreeMap<>(rows), new TreeMap<>(refused), List.copyOf(vanished), List.copyOf(left));
        }
    }
}
