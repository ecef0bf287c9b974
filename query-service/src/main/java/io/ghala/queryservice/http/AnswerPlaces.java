package io.ghala.queryservice.http;

import io.ghala.config.GhalaConfig.HttpSettings;
import io.ghala.config.GhalaConfig.QuerySettings;
import io.ghala.work.Closers;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * So many statements run at the same time, so many wait. An answer whose client takes nothing does not keep its place
 * from the others meanwhile, and is broken off when that lasts.
 */
public final class AnswerPlaces {
    /** A client that takes a block later than this is slow. */
    private static final long SLOW_MS = 100;
    /** So many slow clients give their places away; more keep them. */
    private static final int MOST_GIVEN = 64;

    private final int places;
    private final long patienceMs;
    private final ThreadPoolExecutor threads;
    private int given;

    @Inject
    AnswerPlaces(QuerySettings settings, HttpSettings http, Closers closers) {
        this.places = settings.concurrency();
        this.patienceMs = http.limits().write().toMillis();
        BlockingQueue<Runnable> waiting =
                settings.queue() == 0 ? new SynchronousQueue<>() : new ArrayBlockingQueue<>(settings.queue());
        this.threads = new ThreadPoolExecutor(places, places, 0, TimeUnit.SECONDS, waiting);
        closers.register("answers over HTTP", threads::shutdown);
    }

    /** @throws RejectedExecutionException when all places are taken and enough wait */
    void execute(Runnable answer) {
        threads.execute(answer);
    }

    /**
     * Waits until the client has taken what was sent.
     *
     * @throws UncheckedIOException when it went away or takes nothing for too long
     */
    void awaitTaken(Future<?> sent) {
        try {
            try {
                sent.get(SLOW_MS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException slow) {
                awaitSlow(sent);
            }
        } catch (ExecutionException e) {
            throw new UncheckedIOException("the client went away", new IOException(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException("the query-service stops", new IOException(e));
        }
    }

    private void awaitSlow(Future<?> sent) throws ExecutionException, InterruptedException {
        boolean away = giveAway();
        try {
            sent.get(patienceMs, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new UncheckedIOException(
                    "the client took nothing of its answer for " + patienceMs + " ms", new IOException(e));
        } finally {
            if (away) {
                takeBack();
            }
        }
    }

    private synchronized boolean giveAway() {
        if (given == MOST_GIVEN) {
            return false;
        }
        given++;
        threads.setMaximumPoolSize(places + given);
        threads.setCorePoolSize(places + given);
        return true;
    }

    private synchronized void takeBack() {
        given--;
        threads.setCorePoolSize(places + given);
        threads.setMaximumPoolSize(places + given);
    }
}
