package io.ghala.benchmarks.stand;

import io.ghala.benchmarks.figures.BrokenRunException;
import io.ghala.intent.Intent;
import io.ghala.intent.IntentQueue;
import io.ghala.intent.IntentQueue.EnqueueResult;
import io.ghala.intent.IntentValidation;
import io.ghala.model.KeyColumn;
import io.ghala.model.RowId;
import io.ghala.model.TableName;
import io.ghala.model.WriteToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Queues many upserts of orders the way an import does: checked, then pipelined. */
public final class Writes {
    private static final TableName ORDERS = new TableName(OrdersFiles.TABLE);

    private Writes() {}

    /** Upserts of the rows with the ids from {@code from} on. */
    public static List<Intent.Upsert> of(int from, int count) {
        List<Intent.Upsert> upserts = new ArrayList<>(count);
        for (int i = from; i < from + count; i++) {
            upserts.add(new Intent.Upsert(new RowId(Integer.toString(i)), OrdersFiles.json(i)));
        }
        return upserts;
    }

    /** Queues them; gives the last one's token. */
    public static WriteToken enqueue(IntentQueue queue, List<Intent.Upsert> upserts) {
        List<IntentQueue.Request> requests = new ArrayList<>(upserts.size());
        for (Intent.Upsert upsert : upserts) {
            IntentValidation.requireValid(upsert.id(), upsert.payload(), new KeyColumn("id"));
            requests.add(new IntentQueue.Request(upsert, Optional.empty()));
        }
        List<EnqueueResult> results = queue.enqueueAll(ORDERS, requests);
        BrokenRunException.require(
                results.size() == upserts.size(), results.size() + " of " + upserts.size() + " writes were answered");
        for (EnqueueResult result : results) {
            BrokenRunException.require(result instanceof EnqueueResult.Queued, "a write was not queued: " + result);
        }
        return ((EnqueueResult.Queued) results.get(results.size() - 1)).token();
    }
}
