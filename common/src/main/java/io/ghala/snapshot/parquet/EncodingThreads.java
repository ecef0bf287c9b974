package io.ghala.snapshot.parquet;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Encodes the leaves of row groups on threads of its own, or on the caller's where one is enough. */
final class EncodingThreads implements AutoCloseable {
    private static final long STOP_SECONDS = 60;

    private final Optional<ExecutorService> pool;

    EncodingThreads(int threads) {
        this.pool = threads == 1
                ? Optional.empty()
                : Optional.of(Executors.newFixedThreadPool(threads, task -> {
                    Thread thread = new Thread(task, "parquet-encoding");
                    thread.setDaemon(true);
                    return thread;
                }));
    }

    /** Starts to encode; the group is the encoding's from now on. */
    Encoding encode(RowGroup group) {
        List<Future<?>> tasks = new ArrayList<>();
        for (int position : group.leavesBySize()) {
            FutureTask<Void> task = new FutureTask<>((Callable<Void>) () -> {
                group.encode(position);
                return null;
            });
            tasks.add(task);
            pool.ifPresentOrElse(threads -> threads.execute(task), task);
        }
        return new Encoding(group, tasks);
    }

    /** A row group that is being encoded. */
    record Encoding(RowGroup group, List<Future<?>> tasks) {
        /** The group once all of it is encoded. */
        RowGroup await() throws IOException {
            for (Future<?> task : tasks) {
                try {
                    task.get();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw (IOException)
                            new InterruptedIOException("interrupted while a row group was encoded").initCause(e);
                } catch (ExecutionException e) {
                    throw new IOException("a row group could not be encoded: " + e.getCause(), e.getCause());
                }
            }
            return group;
        }

        /** Gives the group up; none of its tasks may be running any more. */
        void discard() {
            group.close();
        }
    }

    /** Stops and waits: the memory of the groups must not be freed under a running task. */
    @Override
    public void close() throws IOException {
        if (pool.isEmpty()) {
            return;
        }
        pool.get().shutdownNow();
        boolean interrupted = false;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(STOP_SECONDS);
        while (!pool.get().isTerminated() && System.nanoTime() < deadline) {
            try {
                pool.get().awaitTermination(1, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (!pool.get().isTerminated()) {
            throw new IOException("the encoding of a row group did not stop within " + STOP_SECONDS + " s");
        }
    }
}
