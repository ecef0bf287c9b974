package io.ghala.queryservice.answer;

import io.ghala.intent.TypeChangeException;
import io.ghala.model.InvalidValueException;
import io.ghala.query.SqlProblem;
import io.ghala.query.SqlProblem.Kind;
import io.ghala.query.SqlProblemException;
import io.ghala.redis.wire.RedisRefusedException;
import io.ghala.redis.wire.RedisUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is said of a request that failed, whichever way it came. */
public final class FailedRequest {
    private static final Logger log = LoggerFactory.getLogger(FailedRequest.class);

    private FailedRequest() {}

    /** What its client is told; what is nobody's fault but ours is logged as well. */
    public static SqlProblem problem(RuntimeException e) {
        if (e instanceof SqlProblemException known) {
            return known.problem();
        }
        String reason = String.valueOf(e.getMessage());
        if (e instanceof InvalidValueException) {
            return new SqlProblem(Kind.BAD_REQUEST, reason);
        }
        if (e instanceof TypeChangeException) {
            return new SqlProblem(Kind.CONFLICT, reason);
        }
        if (e instanceof RedisUnavailableException || e instanceof RedisRefusedException) {
            return new SqlProblem(Kind.NOT_READY, reason);
        }
        log.error("request failed problem=\"{}\"", reason, e);
        return new SqlProblem(Kind.INTERNAL, reason);
    }
}
