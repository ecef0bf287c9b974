package io.ghala.testing.memory;

import io.ghala.intent.IntentQueue;
import io.ghala.testing.contract.IntentQueueContract;

class MemoryIntentQueueTest implements IntentQueueContract {
    @Override
    public IntentQueue queue(int room) {
        MemoryIntentQueue queue = new MemoryIntentQueue();
        queue.room(room);
        return queue;
    }
}
