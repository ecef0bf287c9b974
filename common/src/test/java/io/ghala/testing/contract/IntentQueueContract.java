package io.ghala.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.intent.Intent;
import io.ghala.intent.IntentQueue;
import io.ghala.intent.IntentQueue.EnqueueResult;
import io.ghala.intent.IntentQueue.Request;
import io.ghala.intent.IntentQueue.WriteState;
import io.ghala.model.KeyColumn;
import io.ghala.model.OpId;
import io.ghala.model.RowId;
import io.ghala.model.TableName;
import io.ghala.model.WriteToken;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link IntentQueue} does. */
public interface IntentQueueContract {
    TableName TABLE = new TableName("orders");

    /** Open for writes to {@link #TABLE}, with room for so many. */
    IntentQueue queue(int room);

    private static Intent upsert(String id) {
        return new Intent.Upsert(new RowId(id), "{\"v\":1}");
    }

    @Test
    default void tokensAscendAndWhatIsQueuedIsPending() {
        IntentQueue queue = queue(5);
        WriteToken first = token(queue.enqueue(TABLE, upsert("1"), Optional.empty()));
        WriteToken second = token(queue.enqueue(TABLE, upsert("1"), Optional.empty()));
        assertThat(second.id()).isGreaterThan(first.id());
        assertThat(second.epoch()).isEqualTo(first.epoch());
        assertThat(queue.state(TABLE, first)).isInstanceOf(WriteState.Pending.class);
        assertThat(queue.rules(TABLE).keyColumn()).isEqualTo(new KeyColumn("id"));
    }

    private static WriteToken token(EnqueueResult result) {
        return ((EnqueueResult.Queued) result).token();
    }

    @Test
    default void anOpIdGivesTheSameTokenAgainOrAConflict() {
        IntentQueue queue = queue(5);
        OpId op = new OpId("op-1");
        assertThat(queue.token(TABLE, op)).isEmpty();
        WriteToken first = token(queue.enqueue(TABLE, upsert("1"), Optional.of(op)));
        assertThat(token(queue.enqueue(TABLE, upsert("1"), Optional.of(op)))).isEqualTo(first);
        assertThat(queue.enqueue(TABLE, upsert("2"), Optional.of(op))).isEqualTo(new EnqueueResult.Conflict(first));
        assertThat(queue.token(TABLE, op)).contains(first);
    }

    @Test
    default void afterTheFirstThatIsBusyAllAre() {
        List<Request> requests = IntStream.range(0, 4)
                .mapToObj(i -> new Request(upsert("r" + i), Optional.empty()))
                .toList();
        List<EnqueueResult> results = queue(2).enqueueAll(TABLE, requests);
        assertThat(results).hasSize(4);
        assertThat(results.subList(0, 2)).allMatch(result -> result instanceof EnqueueResult.Queued);
        assertThat(results.subList(2, 4)).allMatch(result -> result instanceof EnqueueResult.Busy);
    }
}
