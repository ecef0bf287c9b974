package io.ghala.intent;

import io.ghala.model.OpId;
import io.ghala.model.TableName;
import io.ghala.model.WriteToken;
import java.util.List;
import java.util.Optional;

/** The clients' side of the intents log. */
public interface IntentQueue {
    /**
     * Queues one write; an op id seen before gives the same token again. Validation comes before: see
     * {@link IntentValidation}.
     */
    EnqueueResult enqueue(TableName table, Intent intent, Optional<OpId> opId);

    /** Queues one write that is applied only under its condition, if it has one. */
    EnqueueResult enqueue(TableName table, Request request);

    /**
     * Queues many in order. The result has one entry per request, in order. After the first one that is busy or not
     * ready none is queued any more, and all the rest get that answer too: the order of what is queued later stays the
     * order asked for.
     */
    List<EnqueueResult> enqueueAll(TableName table, List<Request> requests);

    /** What became of a write. */
    WriteState state(TableName table, WriteToken token);

    /** The token of the write with this op id, while it is remembered. */
    Optional<WriteToken> token(TableName table, OpId opId);

    /** What writes must be like by what is published, or by the defaults where nothing is published yet. */
    WriteRules rules(TableName table);

    /** One write to queue. */
    record Request(Intent intent, Optional<OpId> opId, Optional<RowCondition> condition) {
        public Request(Intent intent, Optional<OpId> opId) {
            this(intent, opId, Optional.empty());
        }
    }

    /** The answer to a request to queue a write. */
    sealed interface EnqueueResult {
        /** Queued now, or earlier under the same op id with the same content. */
        record Queued(WriteToken token) implements EnqueueResult {}

        /** The op id was used for another content. */
        record Conflict(WriteToken earlier) implements EnqueueResult {}

        /** The backlog or the memory of op ids is full: try again later. */
        record Busy(String reason) implements EnqueueResult {}

        /**
         * The table's stream is not open: no stream-worker has opened it, so there is no such folder or no worker runs.
         */
        record NotReady(String reason) implements EnqueueResult {}
    }

    /** Where a write stands. */
    sealed interface WriteState {
        /** The state as clients are told it. */
        String word();

        /** Waiting in the stream, or being applied. */
        record Pending() implements WriteState {
            @Override
            public String word() {
                return "queued";
            }
        }

        /** Durable in the folder. */
        record Applied() implements WriteState {
            @Override
            public String word() {
                return "applied";
            }
        }

        /** Durable in the folder and in the published version. */
        record Visible() implements WriteState {
            @Override
            public String word() {
                return "visible";
            }
        }

        /** In the dead letters, or was there until it was queued again or dropped, which the reason says. */
        record Dead(String reason) implements WriteState {
            @Override
            public String word() {
                return "dead";
            }
        }

        /** The token is of another epoch, or nothing is known of it. */
        record Unknown(String reason) implements WriteState {
            @Override
            public String word() {
                return "unknown";
            }
        }
    }
}
