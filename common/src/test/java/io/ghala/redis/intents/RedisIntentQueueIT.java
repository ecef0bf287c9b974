package io.ghala.redis.intents;

import io.ghala.intent.IntentQueue;
import io.ghala.model.StreamId;
import io.ghala.testing.RealRedis;
import io.ghala.testing.contract.IntentQueueContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisIntentQueueIT implements IntentQueueContract {
    @RegisterExtension
    static final RealRedis REDIS = new RealRedis(QueuedWrites.BOUNDS);

    @Override
    public IntentQueue queue(int room) {
        QueuedWrites writes = new QueuedWrites(REDIS);
        writes.log.open(TABLE, StreamId.ZERO);
        for (int taken = room; taken < QueuedWrites.MOST; taken++) {
            writes.enqueue("other");
        }
        return writes.queue;
    }
}
