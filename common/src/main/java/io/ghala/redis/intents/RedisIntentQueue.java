package io.ghala.redis.intents;

import io.ghala.config.GhalaConfig;
import io.ghala.intent.Intent;
import io.ghala.intent.IntentQueue;
import io.ghala.intent.WriteRules;
import io.ghala.model.Epoch;
import io.ghala.model.OpId;
import io.ghala.model.StreamId;
import io.ghala.model.TableName;
import io.ghala.model.WriteToken;
import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.RedisConnection;
import io.ghala.snapshot.SnapshotReader;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Queues writes, one or many by one script. */
final class RedisIntentQueue implements IntentQueue {
    /** Bounds on what one script call carries: Redis serves nobody else while it runs. */
    private static final int MOST_WRITES = 500;

    private static final int MOST_CHARACTERS = 4 * 1024 * 1024;

    private final RedisConnection redis;
    private final SnapshotReader snapshots;
    private final GhalaConfig config;

    @Inject
    RedisIntentQueue(RedisConnection redis, SnapshotReader snapshots, GhalaConfig config) {
        this.redis = redis;
        this.snapshots = snapshots;
        this.config = config;
    }

    @Override
    public EnqueueResult enqueue(TableName table, Intent intent, Optional<OpId> opId) {
        return enqueue(table, new Request(intent, opId));
    }

    @Override
    public EnqueueResult enqueue(TableName table, Request request) {
        return enqueueAll(table, List.of(request)).get(0);
    }

    @Override
    public List<EnqueueResult> enqueueAll(TableName table, List<Request> requests) {
        List<EnqueueResult> results = new ArrayList<>(requests.size());
        int from = 0;
        while (from < requests.size()) {
            int to = chunkEnd(requests, from);
            Optional<EnqueueResult> stop = enqueueSome(table, requests.subList(from, to), results);
            from = to;
            while (stop.isPresent() && results.size() < requests.size()) {
                results.add(stop.get());
                from = requests.size();
            }
        }
        return results;
    }

    private static int chunkEnd(List<Request> requests, int from) {
        int to = from;
        long characters = 0;
        while (to < requests.size() && to - from < MOST_WRITES && characters < MOST_CHARACTERS) {
            characters += size(requests.get(to++).intent());
        }
        return to;
    }

    private static int size(Intent intent) {
        return intent.id().text().length()
                + intent.content().map(String::length).orElse(0);
    }

    /** Adds the answers of those that were tried; returns the answer that stopped them, if one did. */
    private Optional<EnqueueResult> enqueueSome(TableName table, List<Request> requests, List<EnqueueResult> results) {
        List<?> answer = EnqueueScript.run(redis, table, config.redis(), requests);
        if (answer.isEmpty()) {
            EnqueueResult notReady = new EnqueueResult.NotReady(
                    "table " + table
                            + " takes no writes yet: there must be a folder of that name in DB_ROOT and a stream-worker that serves it");
            results.add(notReady);
            return Optional.of(notReady);
        }
        Epoch epoch = new Epoch(String.valueOf(answer.get(0)));
        for (int i = 1; i + 1 < answer.size(); i += 2) {
            String kind = String.valueOf(answer.get(i));
            String id = String.valueOf(answer.get(i + 1));
            EnqueueResult result =
                    id.isEmpty() ? busy(table, kind) : tried(kind, new WriteToken(epoch, StreamId.parse(id)));
            results.add(result);
            if (id.isEmpty()) {
                return Optional.of(result);
            }
        }
        return Optional.empty();
    }

    private static EnqueueResult tried(String kind, WriteToken token) {
        return kind.equals("conflict") ? new EnqueueResult.Conflict(token) : new EnqueueResult.Queued(token);
    }

    private EnqueueResult busy(TableName table, String kind) {
        return new EnqueueResult.Busy(
                kind.equals("opids")
                        ? "table " + table + " remembers " + config.redis().opIdMax()
                                + " op ids: try again later, or write without op id"
                        : "table " + table + " has " + config.redis().backlogMax()
                                + " writes waiting: try again when the stream-worker has caught up");
    }

    @Override
    public WriteState state(TableName table, WriteToken token) {
        return StateScript.run(redis, table, token);
    }

    @Override
    public Optional<WriteToken> token(TableName table, OpId opId) {
        String known = redis.call(r -> r.hget(KeySchema.ops(table), opId.value()));
        String epoch = redis.call(r -> r.get(KeySchema.epoch(table)));
        if (known == null || epoch == null) {
            return Optional.empty();
        }
        Optional<StreamId> id = StreamId.tryParse(known.substring(0, Math.max(0, known.indexOf(' '))));
        return Epoch.tryParse(epoch).flatMap(e -> id.map(i -> new WriteToken(e, i)));
    }

    @Override
    public WriteRules rules(TableName table) {
        return snapshots
                .manifest(table)
                .map(manifest -> WriteRules.of(manifest.keyColumn(), manifest.schema(), manifest.basis()))
                .orElseGet(() -> WriteRules.of(config.keyColumn()));
    }
}
