package io.ghala.redis.intents;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import io.ghala.intent.AppliedLog;
import io.ghala.intent.CleanUpBarrier;
import io.ghala.intent.CompactionRequests;
import io.ghala.intent.DeadLetters;
import io.ghala.intent.IntentLog;
import io.ghala.intent.IntentQueue;
import io.ghala.intent.SettledWrites;
import io.ghala.intent.WriteBacklog;

/** Binds the ports of queued writes to Redis. */
public final class IntentsModule extends AbstractModule {
    @Override
    protected void configure() {
        bind(IntentQueue.class).to(RedisIntentQueue.class);
        bind(IntentLog.class).to(RedisIntentLog.class);
        bind(SettledWrites.class).to(RedisIntentLog.class);
        bind(WriteBacklog.class).to(RedisIntentLog.class);
        bind(AppliedLog.class).to(RedisAppliedLog.class);
        bind(DeadLetters.class).to(RedisDeadLetters.class);
        bind(CleanUpBarrier.class).to(RedisCleanUpBarrier.class);
        bind(CompactionRequests.class).to(RedisCompactionRequests.class);
        bind(RedisIntentQueue.class).in(Singleton.class);
        bind(RedisIntentLog.class).in(Singleton.class);
        bind(RedisAppliedLog.class).in(Singleton.class);
        bind(RedisDeadLetters.class).in(Singleton.class);
        bind(RedisCleanUpBarrier.class).in(Singleton.class);
        bind(RedisCompactionRequests.class).in(Singleton.class);
    }
}
