package io.ghala.queryservice.http;

import io.ghala.config.GhalaConfig.QuerySettings;
import io.ghala.model.InvalidValueException;
import io.ghala.query.SqlProblem;
import io.ghala.query.SqlProblem.Kind;
import io.ghala.query.SqlProblemException;
import io.ghala.query.SqlRequest;
import io.ghala.queryservice.answer.AnswerQuery;
import io.ghala.work.Closers;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code POST /sql}: so many statements run at the same time, so many wait, more are told to come later. */
public final class SqlRoute {
    private static final Logger log = LoggerFactory.getLogger(SqlRoute.class);

    private final QuerySettings settings;
    private final AnswerQuery answers;
    private final ThreadPoolExecutor places;

    @Inject
    SqlRoute(QuerySettings settings, AnswerQuery answers, Closers closers) {
        this.settings = settings;
        this.answers = answers;
        BlockingQueue<Runnable> waiting =
                settings.queue() == 0 ? new SynchronousQueue<>() : new ArrayBlockingQueue<>(settings.queue());
        this.places =
                new ThreadPoolExecutor(settings.concurrency(), settings.concurrency(), 0, TimeUnit.SECONDS, waiting);
        closers.register("answers over HTTP", places::shutdown);
    }

    /** Reads the request and returns; the answer follows on another thread. */
    void handle(Request request, HttpReply reply) throws IOException {
        long arrived = System.nanoTime();
        String body = RequestBody.text(request);
        SqlRequest sql = RequestBody.is(request, "application/json")
                ? SqlBody.ofJson(body, settings)
                : SqlBody.ofText(body, settings);
        // A statement may run for longer than a connection may be idle.
        request.addIdleTimeoutListener(idle -> false);
        try {
            places.execute(() -> answer(sql, arrived, reply));
        } catch (RejectedExecutionException e) {
            throw new SqlProblemException(
                    new SqlProblem(Kind.BUSY, "all places are taken and enough wait: try again later"), e);
        }
    }

    private void answer(SqlRequest sql, long arrived, HttpReply reply) {
        try {
            reply.rowsIn(sql.format());
            answers.answer(sql, arrived, reply);
            reply.end();
        } catch (SqlProblemException e) {
            reply.problem(e.problem());
        } catch (InvalidValueException e) {
            reply.problem(new SqlProblem(Kind.BAD_REQUEST, String.valueOf(e.getMessage())));
        } catch (CancellationException e) {
            log.info("answer not taken reason=\"{}\"", e.getMessage());
            reply.abandon(e);
        } catch (RuntimeException e) {
            log.error("answer failed problem=\"{}\"", e.getMessage(), e);
            reply.problem(new SqlProblem(Kind.INTERNAL, String.valueOf(e.getMessage())));
        }
    }
}
