package io.ghala.redis.snapshots;

import io.ghala.redis.wire.AnnouncementCodec;
import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.RedisConnection;
import io.ghala.redis.wire.RedisRefusedException;
import io.ghala.redis.wire.RedisUnavailableException;
import io.ghala.snapshot.Announcement;
import io.ghala.snapshot.Announcements;
import jakarta.inject.Inject;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.JedisPubSub;

/** Hears announcements by Redis publish/subscribe on a thread of its own. */
final class RedisAnnouncements implements Announcements {
    private static final Logger log = LoggerFactory.getLogger(RedisAnnouncements.class);
    private static final long RECONNECT_MS = 500;
    private static final long JOIN_MS = 5_000;
    private final RedisConnection redis;

    @Inject
    RedisAnnouncements(RedisConnection redis) {
        this.redis = redis;
    }

    @Override
    public AutoCloseable follow(Consumer<Announcement> listener, Runnable onGap) {
        Follower follower = new Follower(listener, onGap);
        follower.thread.setDaemon(true);
        follower.thread.start();
        return follower;
    }

    private final class Follower extends JedisPubSub implements AutoCloseable {
        private final Consumer<Announcement> listener;
        private final Runnable onGap;
        private final CountDownLatch closing = new CountDownLatch(1);
        private final Thread thread = new Thread(this::run, "announcements");

        Follower(Consumer<Announcement> listener, Runnable onGap) {
            this.listener = listener;
            this.onGap = onGap;
        }

        private void run() {
            try {
                while (closing.getCount() > 0) {
                    try {
                        redis.call(r -> {
                            r.subscribe(this, KeySchema.ANNOUNCE);
                            return 0;
                        });
                    } catch (RedisUnavailableException | RedisRefusedException e) {
                        log.debug("announcements lost next=\"subscribes again\"", e);
                    }
                    closing.await(RECONNECT_MS, TimeUnit.MILLISECONDS);
                }
            } catch (InterruptedException e) {
                log.debug("announcements interrupted");
            }
        }

        @Override
        public void onSubscribe(String channel, int subscribedChannels) {
            onGap.run();
        }

        @Override
        public void onMessage(String channel, String message) {
            AnnouncementCodec.decode(message).ifPresent(listener);
        }

        @Override
        public void close() throws InterruptedException {
            closing.countDown();
            if (isSubscribed()) {
                unsubscribe();
            }
            thread.join(JOIN_MS);
        }
    }
}
