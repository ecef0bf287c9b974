package io.ghala.redis.wire;

import java.net.URI;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.RedisSentinelClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.UnifiedJedis;

/** Makes a client for each form of REDIS_URL. */
final class RedisClients {
    private static final int DEFAULT_PORT = 6379;
    private static final int DEFAULT_SENTINEL_PORT = 26379;
    private static final int CONNECT_MS = 2_000;
    private static final int ANSWER_MS = 10_000;
    private static final int BLOCKING_MS = 30_000;
    private static final int MOST_CONNECTIONS = 1024;

    private RedisClients() {}

    static UnifiedJedis of(URI url) {
        JedisClientConfig config = config(url);
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(MOST_CONNECTIONS);
        pool.setMaxIdle(MOST_CONNECTIONS);
        // Registering the pool starts the platform's MBean server, which takes longer than most commands.
        pool.setJmxEnabled(false);
        String form = url.getScheme().replaceFirst("^rediss?", "");
        return switch (form) {
            case "+cluster" ->
                RedisClusterClient.builder()
                        .nodes(addresses(url, DEFAULT_PORT))
                        .clientConfig(config)
                        .poolConfig(pool)
                        .build();
            case "+sentinel" ->
                RedisSentinelClient.builder()
                        .masterName(url.getPath().replaceFirst("^/", ""))
                        .sentinels(addresses(url, DEFAULT_SENTINEL_PORT))
                        .clientConfig(config)
                        .poolConfig(pool)
                        .build();
            default ->
                RedisClient.builder()
                        .hostAndPort(addresses(url, DEFAULT_PORT).iterator().next())
                        .clientConfig(config)
                        .poolConfig(pool)
                        .build();
        };
    }

    private static JedisClientConfig config(URI url) {
        DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder()
                .connectionTimeoutMillis(CONNECT_MS)
                .socketTimeoutMillis(ANSWER_MS)
                .blockingSocketTimeoutMillis(BLOCKING_MS);
        if (url.getScheme().startsWith("rediss")) {
            config.sslOptions(SslOptions.defaults());
        }
        String authority = url.getAuthority();
        int at = authority.lastIndexOf('@');
        if (at >= 0) {
            String login = authority.substring(0, at);
            int colon = login.indexOf(':');
            if (colon > 0) {
                config.user(login.substring(0, colon));
            }
            config.password(login.substring(colon + 1));
        }
        String path = url.getPath() == null ? "" : url.getPath().replaceFirst("^/", "");
        if (!path.isEmpty() && !url.getScheme().endsWith("+sentinel")) {
            config.database(Integer.parseInt(path));
        }
        return config.build();
    }

    private static Set<HostAndPort> addresses(URI url, int defaultPort) {
        String authority = url.getAuthority();
        String hosts = authority.substring(authority.lastIndexOf('@') + 1);
        return Arrays.stream(hosts.split(","))
                .map(host -> host.matches(".*:[0-9]+") ? HostAndPort.from(host) : new HostAndPort(host, defaultPort))
                .collect(Collectors.toSet());
    }
}
