package io.ghala.queryservice.http;

import io.ghala.config.GhalaConfig.QuerySettings;
import io.ghala.query.SqlProblem;
import io.ghala.query.SqlProblem.Kind;
import io.ghala.query.SqlProblemException;
import io.ghala.query.SqlRequest;
import io.ghala.queryservice.answer.AnswerQuery;
import io.ghala.queryservice.answer.FailedRequest;
import jakarta.inject.Inject;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.server.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** {@code POST /sql}: so many statements run at the same time, so many wait, more are told to come later. */
public final class SqlRoute {
    private static final Logger log = LoggerFactory.getLogger(SqlRoute.class);

    private final QuerySettings settings;
    private final AnswerQuery answers;
    private final AnswerPlaces places;

    @Inject
    SqlRoute(QuerySettings settings, AnswerQuery answers, AnswerPlaces places) {
        this.settings = settings;
        this.answers = answers;
        this.places = places;
    }

    /** Reads the request and returns; the answer follows on another thread. */
    void handle(Request request, HttpReply reply) {
        long arrived = System.nanoTime();
        String body = RequestBody.text(request);
        SqlRequest sql = RequestBody.is(request, "application/json")
                ? SqlBody.ofJson(body, settings)
                : SqlBody.ofText(body, settings);
        reply.mayTakeLong();
        try {
            places.execute(() -> answer(sql, arrived, reply));
        } catch (RejectedExecutionException e) {
            throw new SqlProblemException(
                    new SqlProblem(Kind.BUSY, "all places are taken and enough wait: try again later"), e);
        }
    }

    private void answer(SqlRequest sql, long arrived, HttpReply reply) {
        try (MDC.MDCCloseable ignored = reply.named()) {
            reply.rowsIn(sql.format());
            answers.answer(sql, arrived, reply);
            reply.end();
        } catch (CancellationException e) {
            log.info("answer not taken reason=\"{}\"", e.getMessage());
            reply.abandon(e);
        } catch (RuntimeException e) {
            reply.problem(FailedRequest.problem(e));
        }
    }
}
