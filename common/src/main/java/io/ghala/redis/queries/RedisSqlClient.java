package io.ghala.redis.queries;

import io.ghala.presence.PresenceBoard;
import io.ghala.presence.ServiceKind;
import io.ghala.query.SqlClient;
import io.ghala.query.SqlProblem;
import io.ghala.query.SqlProblem.Kind;
import io.ghala.query.SqlProblemException;
import io.ghala.query.SqlRequest;
import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.Nonces;
import io.ghala.redis.wire.RedisConnection;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.util.KeyValue;

/** Sends statements to whichever query-service is free and reads the answer block by block. */
final class RedisSqlClient implements SqlClient {
    private static final long ALIVE_MS = 15_000;
    private static final double POLL_SECONDS = 1;
    /** How much longer than the statement's own time the client waits for word of it. */
    private static final long EXTRA_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final RedisConnection redis;
    private final PresenceBoard presence;
    private final Nonces nonces;

    @Inject
    RedisSqlClient(RedisConnection redis, PresenceBoard presence, Nonces nonces) {
        this.redis = redis;
        this.presence = presence;
        this.nonces = nonces;
    }

    @Override
    public long ask(SqlRequest request, Sink sink) {
        String id = nonces.next();
        String entry = SendStatementScript.run(redis, id, SqlMessages.request(request), request.timeout(), ALIVE_MS);
        try {
            return receive(id, entry, request, sink);
        } finally {
            // Also how a statement is cancelled: nobody is there for its answer any more.
            redis.call(r -> r.del(KeySchema.alive(id), KeySchema.answer(id)));
        }
    }

    private long receive(String id, String entry, SqlRequest request, Sink sink) {
        byte[] key = KeySchema.answer(id).getBytes(StandardCharsets.UTF_8);
        long waited = System.nanoTime();
        while (true) {
            if (sink.cancelled()) {
                throw new CancellationException("the statement was cancelled");
            }
            KeyValue<byte[], byte[]> popped = redis.call(r -> r.blpop(POLL_SECONDS, key));
            if (popped != null) {
                byte[] block = popped.getValue();
                byte[] content = Arrays.copyOfRange(block, 1, block.length);
                try {
                    switch (block[0]) {
                        case 'H' -> sink.header(SqlMessages.header(content));
                        case 'B' -> sink.block(content);
                        case 'E' -> {
                            return Long.parseLong(new String(content, StandardCharsets.US_ASCII));
                        }
                        case 'P' -> throw new SqlProblemException(SqlMessages.problem(content));
                        default -> throw failed(Kind.INTERNAL, "the answer has a block of unknown kind " + block[0]);
                    }
                } catch (IOException e) {
                    throw new SqlProblemException(
                            new SqlProblem(Kind.INTERNAL, "the answer cannot be read: " + e.getMessage()), e);
                }
                waited = System.nanoTime();
            } else {
                watch(id, entry, request, System.nanoTime() - waited);
            }
        }
    }

    private void watch(String id, String entry, SqlRequest request, long silentNanos) {
        String state = WatchStatementScript.run(redis, id, entry, ALIVE_MS);
        if (state.equals("lost")) {
            throw failed(Kind.INTERRUPTED, "the query-service went away while it answered: ask again");
        }
        if (state.equals("waiting")
                && presence.all().stream().noneMatch(p -> p.identity().kind() == ServiceKind.QUERY)) {
            throw failed(Kind.NOT_READY, "no query-service runs: start one, for example with ./ghala up");
        }
        if (!state.equals("answered") && silentNanos > request.timeout().toNanos() + EXTRA_NANOS) {
            throw failed(
                    Kind.TIMEOUT,
                    "no answer within " + request.timeout().toMillis() + " ms: raise --timeout or ask for less");
        }
    }

    private static SqlProblemException failed(Kind kind, String detail) {
        return new SqlProblemException(new SqlProblem(kind, detail));
    }
}
