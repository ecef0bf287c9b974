package io.ghala.redis.queries;

import io.ghala.query.SqlHeader;
import io.ghala.query.SqlInbox;
import io.ghala.query.SqlProblem;
import io.ghala.query.SqlRequest;
import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.RedisConnection;
import io.ghala.redis.wire.RedisRefusedException;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.XAutoClaimParams;
import redis.clients.jedis.params.XReadGroupParams;
import redis.clients.jedis.resps.StreamEntry;

/**
 * Requests as a stream with a group over the replicas, answers as a list per request. The first byte of a block tells
 * what it is: H header, B bytes, E end, P problem.
 */
final class RedisSqlInbox implements SqlInbox {
    private static final Logger log = LoggerFactory.getLogger(RedisSqlInbox.class);
    private static final Pattern ID = Pattern.compile("[0-9A-Za-z_-]{1,64}");
    static final long RUN_MS = 10_000;
    private static final long RENEW_NANOS = 2_000_000_000;
    private static final int MOST_UNREAD = 16;
    private static final long PUSH_PAUSE_NANOS = 1_000_000;

    private final RedisConnection redis;
    private final Set<String> running = ConcurrentHashMap.newKeySet();
    private volatile boolean groupMade;
    private volatile long renewed = System.nanoTime();

    @Inject
    RedisSqlInbox(RedisConnection redis) {
        this.redis = redis;
    }

    @Override
    public List<Exchange> take(String consumer, int free, Duration wait) {
        XReadGroupParams params =
                XReadGroupParams.xReadGroupParams().count(free).block((int) Math.max(1, wait.toMillis()));
        List<Map.Entry<String, List<StreamEntry>>> answer = withGroup(r -> r.xreadGroup(
                KeySchema.REPLICAS,
                consumer,
                params,
                Map.of(KeySchema.REQUESTS, StreamEntryID.XREADGROUP_UNDELIVERED_ENTRY)));
        List<Exchange> taken = new ArrayList<>();
        if (answer != null) {
            answer.forEach(stream -> stream.getValue().forEach(entry -> pickUp(entry, consumer, taken)));
        }
        return taken;
    }

    /** Makes the group before the first command, and again after Redis lost it. */
    private <T> T withGroup(Function<UnifiedJedis, T> command) {
        ensureGroup();
        try {
            return redis.call(command);
        } catch (RedisRefusedException e) {
            groupMade = false;
            throw e;
        }
    }

    private void ensureGroup() {
        if (!groupMade) {
            try {
                redis.call(r -> r.xgroupCreate(KeySchema.REQUESTS, KeySchema.REPLICAS, new StreamEntryID(0), true));
            } catch (RedisRefusedException e) {
                if (!(e.getCause() instanceof JedisDataException cause)
                        || !String.valueOf(cause.getMessage()).startsWith("BUSYGROUP")) {
                    throw e;
                }
            }
            groupMade = true;
        }
    }

    private void pickUp(StreamEntry entry, String consumer, List<Exchange> taken) {
        Map<String, String> fields = entry.getFields();
        String id = fields.getOrDefault("id", "");
        String deadline = fields.getOrDefault("deadline_ms", "");
        if (!ID.matcher(id).matches() || !deadline.matches("[0-9]{1,18}")) {
            // Nobody can wait for its answer.
            log.warn(
                    "request dropped key={} entry={} reason=\"it was not sent by a client of Ghala\"",
                    KeySchema.REQUESTS,
                    entry.getID());
            redis.call(r -> r.xack(KeySchema.REQUESTS, KeySchema.REPLICAS, entry.getID()));
            redis.call(r -> r.xdel(KeySchema.REQUESTS, entry.getID()));
            return;
        }
        boolean inTime = TakeStatementScript.run(redis, id, entry.getID().toString(), consumer, RUN_MS, deadline);
        RedisExchange exchange;
        try {
            exchange = new RedisExchange(id, SqlMessages.request(fields.getOrDefault("request", "")));
        } catch (IOException | IllegalArgumentException e) {
            try (RedisExchange broken = new RedisExchange(id, null)) {
                broken.problem(
                        new SqlProblem(SqlProblem.Kind.BAD_REQUEST, "the request cannot be read: " + e.getMessage()));
            }
            return;
        }
        if (inTime) {
            running.add(id);
            taken.add(exchange);
        } else {
            exchange.problem(new SqlProblem(
                    SqlProblem.Kind.TIMEOUT, "no query-service had a free place before the time ran out: ask again"));
            exchange.close();
        }
    }

    @Override
    public void renew() {
        long now = System.nanoTime();
        if (now - renewed < RENEW_NANOS) {
            return;
        }
        renewed = now;
        running.forEach(id -> redis.call(r -> r.pexpire(KeySchema.run(id), RUN_MS)));
    }

    @Override
    public void answerAbandoned(String consumer, Duration idle) {
        Map.Entry<StreamEntryID, List<StreamEntry>> claimed = withGroup(r -> r.xautoclaim(
                KeySchema.REQUESTS,
                KeySchema.REPLICAS,
                consumer,
                idle.toMillis(),
                new StreamEntryID(0),
                XAutoClaimParams.xAutoClaimParams().count(100)));
        List<Exchange> abandoned = new ArrayList<>();
        for (StreamEntry entry : claimed.getValue()) {
            if (entry != null && entry.getFields() != null) {
                pickUp(entry, consumer, abandoned);
            }
        }
        for (Exchange exchange : abandoned) {
            try (exchange) {
                exchange.problem(new SqlProblem(
                        SqlProblem.Kind.INTERRUPTED, "the query-service went away before it began: ask again"));
            }
        }
    }

    private final class RedisExchange implements Exchange {
        private final String id;
        private final @org.jspecify.annotations.Nullable SqlRequest request;

        RedisExchange(String id, @org.jspecify.annotations.Nullable SqlRequest request) {
            this.id = id;
            this.request = request;
        }

        @Override
        public SqlRequest request() {
            if (request == null) {
                throw new IllegalStateException("request " + id + " could not be read");
            }
            return request;
        }

        @Override
        public void header(SqlHeader header) {
            push('H', SqlMessages.header(header).getBytes(StandardCharsets.UTF_8), false);
        }

        @Override
        public void block(byte[] bytes) {
            push('B', bytes, false);
        }

        @Override
        public void end(long rows) {
            push('E', Long.toString(rows).getBytes(StandardCharsets.US_ASCII), true);
        }

        @Override
        public void problem(SqlProblem problem) {
            send('P', SqlMessages.problem(problem).getBytes(StandardCharsets.UTF_8), true);
        }

        private void push(char kind, byte[] bytes, boolean always) {
            long sent = send(kind, bytes, always);
            while (sent == 0) {
                LockSupport.parkNanos(PUSH_PAUSE_NANOS);
                if (Thread.currentThread().isInterrupted()) {
                    throw new CancellationException("the query-service stops");
                }
                sent = send(kind, bytes, always);
            }
            if (sent < 0) {
                throw new CancellationException("nobody waits for the answer of request " + id + " any more");
            }
        }

        private long send(char kind, byte[] bytes, boolean always) {
            ByteArrayOutputStream block = new ByteArrayOutputStream(bytes.length + 1);
            block.write(kind);
            block.writeBytes(bytes);
            return PushBlockScript.run(redis, id, block.toByteArray(), MOST_UNREAD, always);
        }

        @Override
        public boolean cancelled() {
            return !redis.call(r -> r.exists(KeySchema.alive(id)));
        }

        @Override
        public void close() {
            running.remove(id);
            redis.call(r -> r.del(KeySchema.run(id)));
        }
    }
}
