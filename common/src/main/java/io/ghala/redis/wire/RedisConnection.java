package io.ghala.redis.wire;

import io.ghala.config.GhalaConfig.RedisSettings;
import io.ghala.config.RedisUrl;
import io.ghala.work.Closers;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The way to Redis. It connects when first used and again after Redis was away; at each new beginning it checks that
 * Redis never evicts keys.
 */
public final class RedisConnection implements AutoCloseable {
    private final RedisSettings settings;
    private final String shownUrl;
    private @Nullable UnifiedJedis client;
    private volatile boolean policyChecked;
    private long foreignKeysSought = System.nanoTime() - TimeUnit.SECONDS.toNanos(1);

    @Inject
    public RedisConnection(RedisSettings settings, Closers closers) {
        this.settings = settings;
        this.shownUrl = RedisUrl.withoutPassword(settings.url().toString());
        closers.register("redis", this);
    }

    /**
     * Calls Redis.
     *
     * @throws RedisUnavailableException when Redis does not answer
     * @throws RedisRefusedException when it refuses the command, or may evict keys
     */
    public <T> T call(Function<UnifiedJedis, T> command) {
        try {
            UnifiedJedis redis = client();
            if (!policyChecked) {
                requireNoEviction(redis);
                policyChecked = true;
            }
            try {
                return command.apply(redis);
            } catch (JedisDataException e) {
                if (String.valueOf(e.getMessage()).contains("WRONGTYPE") && removeForeignKeys(redis)) {
                    return command.apply(redis);
                }
                throw e;
            }
        } catch (JedisDataException e) {
            throw refused(e);
        } catch (JedisException e) {
            policyChecked = false;
            throw unavailable(e);
        }
    }

    /** Whether there were any; looks at most once a second. */
    private synchronized boolean removeForeignKeys(UnifiedJedis redis) {
        if (System.nanoTime() - foreignKeysSought < TimeUnit.SECONDS.toNanos(1)) {
            return false;
        }
        AtomicInteger removed = new AtomicInteger();
        if (redis instanceof RedisClusterClient cluster) {
            forEachMaster(cluster, (address, node) -> removed.addAndGet(ForeignKeys.remove(node)));
        } else if (redis instanceof RedisClient single) {
            try (Jedis node = new Jedis(single.getPool().getResource())) {
                removed.addAndGet(ForeignKeys.remove(node));
            }
        }
        foreignKeysSought = System.nanoTime();
        return removed.get() > 0;
    }

    private RuntimeException refused(JedisDataException e) {
        String message = String.valueOf(e.getMessage());
        if (message.startsWith("LOADING") || message.startsWith("READONLY") || message.startsWith("MASTERDOWN")) {
            policyChecked = false;
            return unavailable(e);
        }
        if (message.contains("OOM")) {
            return new RedisRefusedException(
                    "Redis at " + shownUrl + " is full, nothing was written: raise its maxmemory", e);
        }
        return new RedisRefusedException("Redis at " + shownUrl + " refused a command: " + message, e);
    }

    private RedisUnavailableException unavailable(Exception e) {
        return new RedisUnavailableException(
                "Redis at " + shownUrl + " does not answer (" + e.getMessage()
                        + "): check that it runs and that REDIS_URL is right",
                e);
    }

    private synchronized UnifiedJedis client() {
        if (client == null) {
            client = RedisClients.of(settings.url());
        }
        return client;
    }

    /** With another policy than noeviction a full Redis would silently drop blobs and queued writes. */
    private void requireNoEviction(UnifiedJedis redis) {
        if (redis instanceof RedisClusterClient cluster) {
            forEachMaster(cluster, (address, node) -> requireNoEviction(address, node.info("memory")));
        } else {
            requireNoEviction(shownUrl, redis.info("memory"));
        }
    }

    private static void requireNoEviction(String address, String memory) {
        String limit = field(memory, "maxmemory");
        String policy = field(memory, "maxmemory_policy");
        if (!limit.equals("0") && !policy.equals("noeviction")) {
            throw new RedisRefusedException("Redis at " + address + " has maxmemory-policy " + policy
                    + ", which drops data when it is full: set maxmemory-policy noeviction");
        }
    }

    private static void forEachMaster(RedisClusterClient cluster, BiConsumer<String, Jedis> look) {
        cluster.getClusterNodes().forEach((address, pool) -> {
            try (Jedis node = new Jedis(pool.getResource())) {
                if (field(node.info("replication"), "role").equals("master")) {
                    look.accept(address, node);
                }
            }
        });
    }

    /**
     * Bytes that may still be stored, on a cluster in its fullest master; {@link Long#MAX_VALUE} where Redis has no
     * limit.
     */
    public long freeBytes() {
        return call(redis -> {
            if (redis instanceof RedisClusterClient cluster) {
                AtomicLong least = new AtomicLong(Long.MAX_VALUE);
                forEachMaster(
                        cluster, (address, node) -> least.accumulateAndGet(freeBytes(node.info("memory")), Math::min));
                return least.get();
            }
            return freeBytes(redis.info("memory"));
        });
    }

    private static long freeBytes(String memory) {
        long limit = Long.parseLong(field(memory, "maxmemory"));
        return limit == 0 ? Long.MAX_VALUE : limit - Long.parseLong(field(memory, "used_memory"));
    }

    private static String field(String info, String name) {
        for (String line : info.lines().toList()) {
            if (line.startsWith(name + ":")) {
                return line.substring(name.length() + 1).strip();
            }
        }
        throw new RedisRefusedException("Redis does not tell its " + name + " in INFO: is it a real Redis?");
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.close();
        }
    }

    /** Milliseconds since 1970 by the clock of Redis, so that processes with other clocks agree on ages. */
    public long nowMs() {
        List<?> time = (List<?>) call(r -> r.eval("return redis.call('TIME')"));
        return Long.parseLong(String.valueOf(time.get(0))) * 1000 + Long.parseLong(String.valueOf(time.get(1))) / 1000;
    }
}
