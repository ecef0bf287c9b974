package io.ghala.redis.intents;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.config.ConfigLoader;
import io.ghala.config.GhalaConfig;
import io.ghala.intent.AppliedLog.Cursor;
import io.ghala.intent.AppliedLog.Read;
import io.ghala.intent.Intent;
import io.ghala.intent.IntentLog.Entry;
import io.ghala.model.RowId;
import io.ghala.model.StreamId;
import io.ghala.model.TableName;
import io.ghala.redis.snapshots.SnapshotsPorts;
import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.Nonces;
import io.ghala.redis.wire.RedisConnection;
import io.ghala.testing.RedisServer;
import io.ghala.work.Closers;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The log of applied files on a real Redis: no name is missed, and where one may be missing the reader is told. */
class AppliedLogIT {
    private static final TableName T = new TableName("orders");
    private static RedisServer server;

    private Closers closers;
    private RedisIntentLog intents;
    private RedisIntentQueue queue;
    private RedisAppliedLog log;

    @BeforeAll
    static void startServer() {
        server = RedisServer.start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    @BeforeEach
    void open() {
        server.client().flushAll();
        GhalaConfig config = ConfigLoader.of(Map.of("REDIS_URL", server.url())).load(0);
        closers = new Closers();
        RedisConnection redis = new RedisConnection(config.redis(), closers);
        Nonces nonces = new Nonces(new SecureRandom());
        intents = new RedisIntentLog(redis, nonces);
        queue = new RedisIntentQueue(redis, new SnapshotsPorts(redis, nonces, config.redis()).snapshots(), config);
        log = new RedisAppliedLog(redis);
        intents.open(T, StreamId.ZERO);
    }

    @AfterEach
    void close() {
        closers.close();
    }

    private Cursor end() {
        return intents.settled(T).orElseThrow().logEnd();
    }

    private List<Entry> queued(int count) {
        IntStream.range(0, count)
                .forEach(i -> queue.enqueue(T, new Intent.Upsert(new RowId("r" + i), "{}"), Optional.empty()));
        return intents.read(T, "w", count, Duration.ofMillis(10));
    }

    private Read.Names names(Cursor cursor) {
        return (Read.Names) log.since(T, cursor);
    }

    @Test
    void namesComeInOrderAndOnlyOnce() {
        Cursor start = end();
        assertThat(names(start).files()).isEmpty();
        List<Entry> entries = queued(3);
        intents.acknowledge(T, entries.subList(0, 2), List.of("a", "b"));
        Read.Names first = names(start);
        assertThat(first.files()).containsExactly("a", "b");
        intents.acknowledge(T, entries.subList(2, 3), List.of("c"));
        assertThat(names(first.next()).files()).containsExactly("c");
        assertThat(names(start).files()).containsExactly("a", "b", "c");
    }

    @Test
    void whatIsSettledIsLoggedBeforeTheEndThatTheSameScriptRead() {
        Cursor start = end();
        List<Entry> entries = queued(2);
        intents.acknowledge(T, entries.subList(0, 1), List.of("a"));
        assertThat(intents.settled(T).orElseThrow().through())
                .isEqualTo(entries.get(1).streamId().before());
        assertThat(names(start).next()).isEqualTo(end());
    }

    @Test
    void aBatchOfManyIsAcknowledgedWhole() {
        List<Entry> entries = queued(2500);
        intents.acknowledge(T, entries, List.of("ops"));
        assertThat(intents.backlog(T).queued()).isZero();
        assertThat(intents.backlog(T).pending()).isZero();
    }

    @Test
    void manyPagesAreReadInOneGo() {
        Cursor start = end();
        IntStream.range(0, 2100).forEach(i -> intents.acknowledge(T, List.of(), List.of("f" + i)));
        assertThat(names(start).files()).hasSize(2100).startsWith("f0").endsWith("f2099");
    }

    @Test
    void aReaderBehindTheTrimmedPartIsToldOfTheGap() {
        Cursor start = end();
        intents.acknowledge(T, List.of(), List.of("a"));
        Cursor after = end();
        intents.acknowledge(T, List.of(), List.of("b"));
        server.client().xtrim(KeySchema.log(T), 2, false);
        assertThat(log.since(T, start)).isInstanceOf(Read.Gap.class);
        assertThat(names(after).files()).containsExactly("b");
        server.client().del(KeySchema.log(T));
        assertThat(log.since(T, after)).isInstanceOf(Read.Gap.class);
    }

    @Test
    void aNewEpochIsAGap() {
        Cursor start = end();
        server.client().flushAll();
        assertThat(log.since(T, start)).isInstanceOf(Read.Gap.class);
        intents.open(T, StreamId.ZERO);
        assertThat(log.since(T, start)).isInstanceOf(Read.Gap.class);
        assertThat(names(end()).files()).isEmpty();
    }

    @Test
    void theLogStaysBounded() {
        IntStream.range(0, (int) KeySchema.LOG_ENTRIES + 1000)
                .forEach(i -> intents.acknowledge(T, List.of(), List.of("f")));
        assertThat(server.client().xlen(KeySchema.log(T))).isLessThan(KeySchema.LOG_ENTRIES + 200);
    }

    @Test
    void aFullRedisIsDrainedAllTheSameAndReadersAreToldOfTheGap() {
        List<Entry> entries = queued(2);
        Cursor start = end();
        server.client().configSet("maxmemory", "1");
        try {
            intents.acknowledge(T, entries.subList(0, 1), List.of("a"));
        } finally {
            server.client().configSet("maxmemory", "0");
        }
        assertThat(intents.backlog(T).pending()).isEqualTo(1);
        assertThat(log.since(T, start)).isInstanceOf(Read.Gap.class);
        Cursor after = end();
        assertThat(names(after).files()).isEmpty();
        intents.acknowledge(T, entries.subList(1, 2), List.of("b"));
        assertThat(log.since(T, after)).isInstanceOf(Read.Gap.class);
        assertThat(names(end()).files()).isEmpty();
    }
}
