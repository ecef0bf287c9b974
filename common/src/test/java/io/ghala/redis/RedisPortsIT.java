package io.ghala.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghala.config.ConfigLoader;
import io.ghala.config.GhalaConfig;
import io.ghala.intent.CleanUpBarrier;
import io.ghala.intent.DeadLetters;
import io.ghala.intent.Intent;
import io.ghala.intent.IntentLog;
import io.ghala.intent.IntentLog.Entry;
import io.ghala.intent.IntentQueue;
import io.ghala.intent.IntentQueue.EnqueueResult;
import io.ghala.intent.IntentQueue.Request;
import io.ghala.intent.IntentQueue.WriteState;
import io.ghala.lease.Lease;
import io.ghala.lease.Leases;
import io.ghala.model.Column;
import io.ghala.model.Epoch;
import io.ghala.model.OpId;
import io.ghala.model.RowId;
import io.ghala.model.ScalarType;
import io.ghala.model.SnapshotFormat;
import io.ghala.model.SnapshotVersion;
import io.ghala.model.StreamId;
import io.ghala.model.TableName;
import io.ghala.model.TableSchema;
import io.ghala.model.WriteToken;
import io.ghala.redis.intents.IntentsPorts;
import io.ghala.redis.roles.RolesPorts;
import io.ghala.redis.snapshots.SnapshotsPorts;
import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.Nonces;
import io.ghala.redis.wire.RedisConnection;
import io.ghala.redis.wire.RedisRefusedException;
import io.ghala.snapshot.BlobRef;
import io.ghala.snapshot.CorruptSnapshotException;
import io.ghala.snapshot.Manifest;
import io.ghala.snapshot.MissingBlobException;
import io.ghala.snapshot.PartRef;
import io.ghala.snapshot.SnapshotPublisher;
import io.ghala.snapshot.SnapshotPublisher.EncodedBlob;
import io.ghala.snapshot.SnapshotPublisher.LostLeaseException;
import io.ghala.snapshot.SnapshotPublisher.Publication;
import io.ghala.snapshot.SnapshotPublisher.StagingLostException;
import io.ghala.snapshot.SnapshotPublisher.StaleBaseException;
import io.ghala.snapshot.SnapshotPublisher.WatermarkMove;
import io.ghala.snapshot.Watermark;
import io.ghala.testing.RedisServer;
import io.ghala.work.Closers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every script and adapter on a real Redis: what must hold and what must be refused. */
class RedisPortsIT {
    private static final TableName T = new TableName("orders");
    private static final TableSchema SCHEMA = new TableSchema(List.of(new Column("id", ScalarType.BIGINT)));
    private static RedisServer server;

    @TempDir
    Path temp;

    private Closers closers;
    private RedisConnection connection;
    private SnapshotPublisher snapshots;
    private Leases leases;
    private IntentLog log;
    private IntentQueue queue;
    private DeadLetters dead;

    @BeforeAll
    static void startServer() {
        server = RedisServer.start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    @BeforeEach
    void open() throws Exception {
        server.client().flushAll();
        Path file = Files.writeString(
                temp.resolve("ghala.conf"),
                "ghala.redis { blob-grace = 1ms, staging-grace = 1s, backlog-max = 5, op-id-max = 3, lease-ttl = 30s }");
        GhalaConfig config = ConfigLoader.of(Map.of("REDIS_URL", server.url(), "GHALA_CONFIG", file.toString()))
                .load(0);
        closers = new Closers();
        connection = new RedisConnection(config.redis(), closers);
        Nonces nonces = new Nonces(new SecureRandom());
        snapshots = new SnapshotsPorts(connection, nonces, config.redis()).snapshots();
        leases = new RolesPorts(connection, nonces, config.redis()).leases();
        log = new IntentsPorts(connection, nonces, config).log();
        queue = new IntentsPorts(connection, nonces, config).queue(snapshots);
        dead = new IntentsPorts(connection, nonces, config).deadLetters();
    }

    @AfterEach
    void close() {
        closers.close();
    }

    private Lease lease() {
        return leases.acquire(T, "refresher").orElseThrow();
    }

    private Publication publication(Optional<Manifest> base, List<BlobRef> blobs, Optional<WatermarkMove> mark) {
        long rows = blobs.stream().mapToLong(BlobRef::rows).sum();
        return new Publication(
                T,
                base,
                SnapshotFormat.ARROW,
                SCHEMA,
                "id",
                List.of(new PartRef("h", SCHEMA, rows, rows, 1, blobs, Optional.empty(), PartRef.Books.NONE)),
                List.of(),
                1,
                "root",
                List.of(),
                mark);
    }

    private static Manifest neverPublished() {
        return new Manifest(
                T,
                new SnapshotVersion(5),
                Instant.EPOCH,
                SnapshotFormat.ARROW,
                SCHEMA,
                "id",
                0,
                0,
                List.of(),
                List.of(),
                0,
                "root",
                List.of());
    }

    private List<BlobRef> stage(String content) {
        return snapshots.stage(T, List.of(new EncodedBlob(content.getBytes(StandardCharsets.UTF_8), 2)));
    }

    @Test
    void aPublicationIsReadBackAndVersionsGrow() {
        Lease lease = lease();
        List<BlobRef> blobs = stage("one");
        Manifest first = snapshots.publish(publication(Optional.empty(), blobs, Optional.empty()), lease);
        assertThat(snapshots.manifest(T)).contains(first);
        assertThat(snapshots.version(T)).contains(first.version());
        assertThat(snapshots.tables()).containsExactly(T);
        assertThat(snapshots.blobs(blobs)).containsExactly("one".getBytes(StandardCharsets.UTF_8));
        Manifest second = snapshots.publish(publication(Optional.of(first), stage("two"), Optional.empty()), lease);
        assertThat(second.version().isNewerThan(first.version())).isTrue();
        assertThat(snapshots.version(T)).contains(second.version());
    }

    @Test
    void aTableThatIsNotPublishedHasNoVersionAndADamagedOneSaysSo() {
        assertThat(snapshots.version(T)).isEmpty();
        server.client().set(KeySchema.manifest(T), "{}");
        assertThatThrownBy(() -> snapshots.version(T)).isInstanceOf(CorruptSnapshotException.class);
    }

    @Test
    void theFlipRefusesAZombieAStaleBaseAndLostStaging() {
        Lease mine = lease();
        List<BlobRef> blobs = stage("x");
        Lease zombie = new Lease(T, "refresher", "0".repeat(32));
        assertThatThrownBy(() -> snapshots.publish(publication(Optional.empty(), blobs, Optional.empty()), zombie))
                .isInstanceOf(LostLeaseException.class);
        assertThatThrownBy(() ->
                        snapshots.publish(publication(Optional.of(neverPublished()), blobs, Optional.empty()), mine))
                .isInstanceOf(StaleBaseException.class);
        server.client().del(KeySchema.staging(T));
        assertThatThrownBy(() -> snapshots.publish(publication(Optional.empty(), blobs, Optional.empty()), mine))
                .isInstanceOf(StagingLostException.class);
        assertThat(snapshots.manifest(T)).isEmpty();
    }

    @Test
    void droppedBlobsAreSweptAfterTheirGraceAndNamedOnesStay() {
        Lease lease = lease();
        List<BlobRef> old = stage("old");
        Manifest first = snapshots.publish(publication(Optional.empty(), old, Optional.empty()), lease);
        List<BlobRef> fresh = stage("new");
        snapshots.publish(publication(Optional.of(first), fresh, Optional.empty()), lease);
        org.awaitility.Awaitility.await().until(() -> snapshots.sweep(T, lease) > 0);
        assertThatThrownBy(() -> snapshots.blobs(old)).isInstanceOf(MissingBlobException.class);
        assertThat(snapshots.blobs(fresh)).hasSize(1);
    }

    @Test
    void stagedBlobsThatNobodyPublishedAreSwept() {
        Lease lease = lease();
        List<BlobRef> orphan = stage("orphan");
        assertThat(snapshots.sweep(T, lease)).isZero();
        server.client().zadd(KeySchema.staging(T), 1, orphan.get(0).key());
        assertThat(snapshots.sweep(T, lease)).isEqualTo(1);
        assertThatThrownBy(() -> snapshots.blobs(orphan)).isInstanceOf(MissingBlobException.class);
    }

    @Test
    void everyAlteredByteOfABlobIsNoticed() {
        List<BlobRef> blobs = stage("abc");
        for (int i = 0; i < 3; i++) {
            byte[] altered = "abc".getBytes(StandardCharsets.UTF_8);
            altered[i] ^= 1;
            server.client().set(blobs.get(0).key().getBytes(StandardCharsets.UTF_8), altered);
            assertThatThrownBy(() -> snapshots.blobs(blobs)).isInstanceOf(CorruptSnapshotException.class);
        }
    }

    @Test
    void theWatermarkMovesWithAVersionOrAloneUnderTheLease() {
        Lease lease = lease();
        Epoch epoch = new Epoch("00000000000000aa");
        Manifest manifest = snapshots.publish(
                publication(Optional.empty(), stage("x"), Optional.of(new WatermarkMove(epoch, new StreamId(5, 0)))),
                lease);
        assertThat(snapshots.watermark(T)).contains(new Watermark(epoch, new StreamId(5, 0), manifest.version()));
        Watermark next = new Watermark(epoch, new StreamId(6, 0), manifest.version());
        snapshots.moveWatermark(T, next, lease);
        assertThat(snapshots.watermark(T)).contains(next);
        assertThatThrownBy(() -> snapshots.moveWatermark(T, next, new Lease(T, "refresher", "f".repeat(32))))
                .isInstanceOf(LostLeaseException.class);
        assertThatThrownBy(() -> snapshots.moveWatermark(
                        T, new Watermark(epoch, new StreamId(7, 0), new SnapshotVersion(1)), lease))
                .isInstanceOf(StaleBaseException.class);
    }

    @Test
    void aWithdrawnTableIsGone() {
        Lease lease = lease();
        snapshots.publish(publication(Optional.empty(), stage("x"), Optional.empty()), lease);
        snapshots.withdraw(T, lease);
        assertThat(snapshots.manifest(T)).isEmpty();
        assertThat(snapshots.tables()).isEmpty();
    }

    @Test
    void oneHoldsALeaseAndOnlyItsHolderRenewsOrReleasesIt() {
        Lease lease = lease();
        assertThat(leases.acquire(T, "refresher")).isEmpty();
        assertThat(leases.acquire(T, "parquet")).isPresent();
        assertThat(leases.renew(lease)).isTrue();
        Lease other = new Lease(T, "refresher", "1".repeat(32));
        leases.release(other);
        assertThat(leases.renew(other)).isFalse();
        leases.release(lease);
        assertThat(leases.acquire(T, "refresher")).isPresent();
    }

    private Intent upsert(String id) {
        return new Intent.Upsert(new RowId(id), "{\"v\":1}");
    }

    private WriteToken enqueue(String id) {
        return ((EnqueueResult.Queued) queue.enqueue(T, upsert(id), Optional.empty())).token();
    }

    @Test
    void aTableThatNobodyOpenedTakesNoWrites() {
        assertThat(queue.enqueue(T, upsert("1"), Optional.empty())).isInstanceOf(EnqueueResult.NotReady.class);
        assertThat(log.settled(T)).isEmpty();
    }

    @Test
    void openingRaisesIdsToTheFloorAndNeverLowersThem() {
        StreamId floor = new StreamId(4_000_000_000_000L, 7);
        Epoch epoch = log.open(T, floor);
        WriteToken token = enqueue("1");
        assertThat(token.epoch()).isEqualTo(epoch);
        assertThat(token.id()).isGreaterThan(floor);
        log.acknowledge(T, log.read(T, "w", 10, Duration.ofMillis(10)), List.of());
        assertThat(log.open(T, StreamId.ZERO)).isEqualTo(epoch);
        assertThat(enqueue("1").id()).isGreaterThan(token.id());
    }

    @Test
    void aStreamThatIsBehindTheFolderLostWritesAndItsTokensAreNotKnownAnyMore() {
        Epoch before = log.open(T, StreamId.ZERO);
        WriteToken lost = enqueue("1");
        StreamId folder = new StreamId(lost.id().millis() + 60_000, 0);
        Epoch after = log.open(T, folder);
        assertThat(after).isNotEqualTo(before);
        assertThat(queue.state(T, lost)).isInstanceOf(WriteState.Unknown.class);
        WriteToken next = enqueue("1");
        assertThat(next.epoch()).isEqualTo(after);
        assertThat(next.id()).isGreaterThan(folder);
        assertThat(log.open(T, folder)).isEqualTo(after);
    }

    @Test
    void anOpIdGivesTheSameTokenAgainOrAConflict() {
        log.open(T, StreamId.ZERO);
        Optional<OpId> op = Optional.of(new OpId("op-1"));
        EnqueueResult first = queue.enqueue(T, upsert("1"), op);
        assertThat(queue.enqueue(T, upsert("1"), op)).isEqualTo(first);
        assertThat(queue.enqueue(T, upsert("2"), op)).isInstanceOf(EnqueueResult.Conflict.class);
        assertThat(queue.enqueue(T, new Intent.Delete(new RowId("1")), op)).isInstanceOf(EnqueueResult.Conflict.class);
        assertThat(server.client().xlen(KeySchema.intents(T))).isEqualTo(1);
    }

    @Test
    void aFullBacklogIsBusyButARepeatedOpIdStillGetsItsToken() {
        log.open(T, StreamId.ZERO);
        EnqueueResult first = queue.enqueue(T, upsert("0"), Optional.of(new OpId("a")));
        for (int i = 1; i < 5; i++) {
            enqueue("x" + i);
        }
        assertThat(queue.enqueue(T, upsert("6"), Optional.empty())).isInstanceOf(EnqueueResult.Busy.class);
        assertThat(queue.enqueue(T, upsert("0"), Optional.of(new OpId("a")))).isEqualTo(first);
    }

    @Test
    void theMemoryOfOpIdsIsBounded() {
        log.open(T, StreamId.ZERO);
        for (int i = 0; i < 3; i++) {
            queue.enqueue(T, upsert("1"), Optional.of(new OpId("op" + i)));
        }
        assertThat(queue.enqueue(T, upsert("1"), Optional.of(new OpId("op3")))).isInstanceOf(EnqueueResult.Busy.class);
    }

    @Test
    void nothingSettlesPastAPendingEntry() {
        log.open(T, StreamId.ZERO);
        WriteToken first = enqueue("1");
        WriteToken second = enqueue("2");
        List<Entry> read = log.read(T, "w", 10, Duration.ofMillis(10));
        assertThat(read).hasSize(2);
        log.acknowledge(T, read.subList(1, 2), List.of());
        assertThat(log.settled(T).orElseThrow().through()).isLessThan(first.id());
        assertThat(queue.state(T, first)).isInstanceOf(WriteState.Pending.class);
        assertThat(queue.state(T, second)).isInstanceOf(WriteState.Applied.class);
        log.acknowledge(T, read.subList(0, 1), List.of());
        assertThat(log.settled(T).orElseThrow().through()).isEqualTo(second.id());
        assertThat(server.client().xlen(KeySchema.intents(T))).isZero();
    }

    @Test
    void entriesOfADeadWorkerAreClaimedWithTheirCount() {
        log.open(T, StreamId.ZERO);
        enqueue("1");
        assertThat(log.read(T, "dead", 10, Duration.ofMillis(10))).hasSize(1);
        assertThat(log.read(T, "alive", 10, Duration.ofMillis(10))).isEmpty();
        List<Entry> claimed = log.claim(T, "alive", Duration.ZERO, 10);
        assertThat(claimed).singleElement().satisfies(entry -> assertThat(entry.deliveries())
                .isEqualTo(2));
    }

    @Test
    void aBuriedEntryIsDeadWithItsReasonAndSettles() {
        log.open(T, StreamId.ZERO);
        WriteToken token = enqueue("1");
        log.bury(T, log.read(T, "w", 1, Duration.ofMillis(10)).get(0), "it never fits");
        assertThat(queue.state(T, token)).isEqualTo(new WriteState.Dead("it never fits"));
        assertThat(dead.list(T, StreamId.ZERO, 10)).singleElement().satisfies(letter -> {
            assertThat(letter.streamId()).isEqualTo(token.id());
            assertThat(letter.payload()).contains("{\"v\":1}");
        });
        assertThat(log.settled(T).orElseThrow().through()).isEqualTo(token.id());
    }

    @Test
    void buryingTwiceMakesOneLetterAndADroppedOneIsNeverTakenForApplied() {
        log.open(T, StreamId.ZERO);
        WriteToken token = enqueue("1");
        Entry entry = log.read(T, "w", 1, Duration.ofMillis(10)).get(0);
        log.bury(T, entry, "it never fits");
        log.bury(T, entry, "it never fits");
        assertThat(dead.count(T)).isEqualTo(1);
        assertThat(dead.find(T, token.id())).isPresent();
        assertThat(dead.drop(T, token.id())).isTrue();
        assertThat(dead.drop(T, token.id())).isFalse();
        log.bury(T, entry, "it never fits");
        assertThat(dead.count(T)).isZero();
        assertThat(dead.find(T, token.id())).isEmpty();
        assertThat(queue.state(T, token))
                .isInstanceOfSatisfying(
                        WriteState.Dead.class,
                        state -> assertThat(state.reason()).contains("dropped").contains("it never fits"));
    }

    @Test
    void aRetriedLetterBecomesANewWriteThatKeepsItsOpId() {
        log.open(T, StreamId.ZERO);
        Optional<OpId> op = Optional.of(new OpId("op"));
        WriteToken token = ((EnqueueResult.Queued) queue.enqueue(T, upsert("1"), op)).token();
        log.bury(T, log.read(T, "w", 1, Duration.ofMillis(10)).get(0), "no");
        WriteToken again = ((DeadLetters.Retry.Queued) dead.retry(T, token.id(), DeadLetters.Force.YES)).token();
        assertThat(dead.count(T)).isZero();
        assertThat(queue.token(T, new OpId("op"))).contains(again);
        assertThat(queue.enqueue(T, upsert("1"), op)).isEqualTo(new EnqueueResult.Queued(again));
        assertThat(log.read(T, "w", 1, Duration.ofMillis(10)))
                .singleElement()
                .isInstanceOfSatisfying(Entry.Write.class, write -> {
                    assertThat(write.intent()).isEqualTo(upsert("1"));
                    assertThat(write.opId()).isEqualTo(op);
                    assertThat(write.condition()).isEmpty();
                });
        assertThat(dead.retry(T, new StreamId(1, 1), DeadLetters.Force.NO))
                .isInstanceOf(DeadLetters.Retry.Refused.class);
    }

    @Test
    void manyAreQueuedInOrderUntilThereIsNoRoom() {
        log.open(T, StreamId.ZERO);
        List<Request> requests = IntStream.range(0, 8)
                .mapToObj(i -> new Request(upsert("r" + i), Optional.empty()))
                .toList();
        List<EnqueueResult> results = queue.enqueueAll(T, requests);
        assertThat(results).hasSize(8);
        assertThat(results.subList(0, 5)).allMatch(result -> result instanceof EnqueueResult.Queued);
        assertThat(results.subList(5, 8)).allMatch(result -> result instanceof EnqueueResult.Busy);
        assertThat(log.read(T, "w", 10, Duration.ofMillis(10)))
                .extracting(entry -> ((Entry.Write) entry).intent().id().text())
                .containsExactly("r0", "r1", "r2", "r3", "r4");
    }

    @Test
    void opIdsAreForgottenAfterTheirTime() {
        log.open(T, StreamId.ZERO);
        for (int i = 0; i < 3; i++) {
            queue.enqueue(T, upsert("1"), Optional.of(new OpId("op" + i)));
            server.client().zadd(KeySchema.opsAge(T), 1, "op" + i);
        }
        assertThat(queue.enqueue(T, upsert("1"), Optional.of(new OpId("op3"))))
                .isInstanceOf(EnqueueResult.Queued.class);
        assertThat(queue.token(T, new OpId("op0"))).isEmpty();
        assertThat(queue.token(T, new OpId("op3"))).isPresent();
    }

    @Test
    void aWriteIsVisibleOnceTheWatermarkPassedIt() {
        log.open(T, StreamId.ZERO);
        WriteToken token = enqueue("1");
        log.acknowledge(T, log.read(T, "w", 10, Duration.ofMillis(10)), List.of("f"));
        assertThat(queue.state(T, token)).isInstanceOf(WriteState.Applied.class);
        snapshots.publish(
                publication(Optional.empty(), stage("x"), Optional.of(new WatermarkMove(token.epoch(), token.id()))),
                lease());
        assertThat(queue.state(T, token)).isInstanceOf(WriteState.Visible.class);
    }

    @Test
    void theFirstDecisionOfAConditionalWriteCounts() {
        log.open(T, StreamId.ZERO);
        WriteToken token = enqueue("1");
        List<Entry> entries = log.read(T, "w", 1, Duration.ofMillis(10));
        assertThat(log.decide(T, token.id(), Optional.of("it changed"))
                        .orElseThrow()
                        .against())
                .contains("it changed");
        assertThat(log.decide(T, token.id(), Optional.empty()).orElseThrow().against())
                .contains("it changed");
        log.acknowledge(T, entries, List.of());
        assertThat(log.decide(T, token.id(), Optional.empty())).isEmpty();
        assertThat(server.client().exists(KeySchema.cas(T))).isFalse();
    }

    @Test
    void aBarrierIsPassedByWhoeverBeginsARoundAfterIt() throws Exception {
        log.open(T, StreamId.ZERO);
        CleanUpBarrier barrier = new IntentsPorts(
                        connection,
                        new Nonces(new SecureRandom()),
                        ConfigLoader.of(Map.of()).load(0))
                .barrier();
        log.begin(T, "early");
        String name = barrier.raise(T);
        assertThat(barrier.passed(T, name)).isEmpty();
        log.begin(T, "late");
        assertThat(barrier.passed(T, name)).containsExactly("late");
        String next = barrier.raise(T);
        assertThat(barrier.passed(T, next)).isEmpty();
        assertThatThrownBy(() -> barrier.passed(T, name)).isInstanceOf(CleanUpBarrier.ReplacedException.class);
    }

    @Test
    void aMarkerSettlesWithoutAFile() {
        log.open(T, StreamId.ZERO);
        StreamId mark = log.mark(T);
        List<Entry> entries = log.read(T, "w", 10, Duration.ofMillis(10));
        assertThat(entries).singleElement().isInstanceOf(Entry.Marker.class);
        log.acknowledge(T, entries, List.of());
        assertThat(log.settled(T).orElseThrow().through()).isEqualTo(mark);
    }

    @Test
    void whatOthersWriteToTheStreamIsMalformed() {
        log.open(T, StreamId.ZERO);
        server.client().xadd(KeySchema.intents(T), redis.clients.jedis.StreamEntryID.NEW_ENTRY, Map.of("x", "y"));
        assertThat(log.read(T, "w", 1, Duration.ofMillis(10))).singleElement().isInstanceOf(Entry.Malformed.class);
    }

    @Test
    void aTokenOfAnotherEpochIsUnknown() {
        log.open(T, StreamId.ZERO);
        WriteToken token = enqueue("1");
        server.client().flushAll();
        assertThat(queue.state(T, token)).isInstanceOf(WriteState.Unknown.class);
        log.open(T, StreamId.ZERO);
        assertThat(queue.state(T, token)).isInstanceOf(WriteState.Unknown.class);
    }

    @Test
    void aFullRedisRefusesAWriteWhole() throws Exception {
        log.open(T, StreamId.ZERO);
        server.client().configSet("maxmemory", "1");
        try {
            assertThatThrownBy(() -> queue.enqueue(T, upsert("1"), Optional.of(new OpId("op"))))
                    .isInstanceOf(RedisRefusedException.class)
                    .hasMessageContaining("maxmemory");
        } finally {
            server.client().configSet("maxmemory", "0");
        }
        assertThat(server.client().xlen(KeySchema.intents(T))).isZero();
        assertThat(server.client().exists(KeySchema.ops(T))).isFalse();
    }

    @Test
    void aRedisThatMayEvictIsRefused() {
        server.client().configSet("maxmemory", "100mb");
        server.client().configSet("maxmemory-policy", "allkeys-lru");
        try {
            assertThatThrownBy(() -> snapshots.tables()).hasMessageContaining("noeviction");
        } finally {
            server.client().configSet("maxmemory", "0");
            server.client().configSet("maxmemory-policy", "noeviction");
        }
    }
}
