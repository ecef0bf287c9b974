package io.ghala.cli.session;

import io.ghala.redis.wire.RedisUnavailableException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session that is opened, and its connection too, while the command line is still being understood: each takes about
 * as long as the other.
 */
public final class OpeningSession implements Supplier<Session> {
    private static final Logger log = LoggerFactory.getLogger(OpeningSession.class);

    private final FutureTask<Session> opening;

    private OpeningSession(Map<String, String> environment) {
        this.opening = new FutureTask<>(() -> connected(Session.open(environment)));
    }

    public static OpeningSession begin(Map<String, String> environment) {
        OpeningSession session = new OpeningSession(environment);
        Thread thread = new Thread(session.opening, "session");
        thread.setDaemon(true);
        thread.start();
        return session;
    }

    private static Session connected(Session session) {
        try {
            log.debug("connected tables={}", session.snapshots().tables().size());
        } catch (RedisUnavailableException e) {
            log.debug("the command will find that Redis is not there", e);
        }
        return session;
    }

    /** The session, for the caller to close; throws what opening it threw. */
    @Override
    public Session get() {
        try {
            return opening.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the session was opened", e);
        }
    }
}
