package io.ghala.testing.memory;

import io.ghala.intent.Intent;
import io.ghala.intent.IntentQueue;
import io.ghala.intent.WriteRules;
import io.ghala.model.Epoch;
import io.ghala.model.KeyColumn;
import io.ghala.model.OpId;
import io.ghala.model.StreamId;
import io.ghala.model.TableName;
import io.ghala.model.WriteToken;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A queue of one table in memory that nobody drains. */
public final class MemoryIntentQueue implements IntentQueue {
    private final List<Request> queued = new ArrayList<>();
    private final Map<OpId, Integer> opIds = new HashMap<>();
    private long room = Long.MAX_VALUE / 2;

    /** Lets only so many more in. */
    public void room(long more) {
        room = more;
    }

    /** Lets so many more in than before. */
    public void addRoom(long more) {
        room += more;
    }

    /** What was queued, in order. */
    public List<Request> queued() {
        return queued;
    }

    /** The token of the write {@code number}, which count from 1. */
    public WriteToken token(long number) {
        return new WriteToken(new Epoch("0000000000000001"), new StreamId(number, 0));
    }

    @Override
    public EnqueueResult enqueue(TableName table, Intent intent, Optional<OpId> opId) {
        return enqueue(table, new Request(intent, opId));
    }

    @Override
    public EnqueueResult enqueue(TableName table, Request request) {
        Optional<Integer> known = request.opId().map(opIds::get);
        if (known.isPresent()) {
            Request earlier = queued.get(known.get() - 1);
            return earlier.equals(request)
                    ? new EnqueueResult.Queued(token(known.get()))
                    : new EnqueueResult.Conflict(token(known.get()));
        }
        if (room == 0) {
            return new EnqueueResult.Busy("full");
        }
        room--;
        queued.add(request);
        request.opId().ifPresent(opId -> opIds.put(opId, queued.size()));
        return new EnqueueResult.Queued(token(queued.size()));
    }

    @Override
    public List<EnqueueResult> enqueueAll(TableName table, List<Request> requests) {
        return requests.stream().map(request -> enqueue(table, request)).toList();
    }

    @Override
    public WriteState state(TableName table, WriteToken token) {
        return token.id().millis() <= queued.size()
                ? new WriteState.Pending()
                : new WriteState.Unknown("token " + token + " was never given out");
    }

    @Override
    public Optional<WriteToken> token(TableName table, OpId opId) {
        return Optional.ofNullable(opIds.get(opId)).map(this::token);
    }

    @Override
    public WriteRules rules(TableName table) {
        return WriteRules.of(new KeyColumn("id"));
    }
}
