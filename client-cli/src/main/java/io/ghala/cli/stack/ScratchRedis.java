package io.ghala.cli.stack;

import java.io.IOException;
import java.nio.file.Path;

/** A Redis for a short while, with its data in a folder that goes afterwards. */
public final class ScratchRedis implements AutoCloseable {
    private final OwnRedis redis;
    private final Supervised server;

    private ScratchRedis(OwnRedis redis, Supervised server) {
        this.redis = redis;
        this.server = server;
    }

    public static ScratchRedis start(Path folder) throws IOException, InterruptedException {
        OwnRedis redis = OwnRedis.prepare(folder.resolve("redis"), System.getenv());
        ChildRecord record = new ChildRecord(folder.resolve("children"));
        Supervised server = new Supervised("redis", redis::command, code -> {}, record, line -> {});
        server.start();
        return new ScratchRedis(redis, server);
    }

    /** With its password. */
    public String url() {
        return redis.url();
    }

    @Override
    public void close() throws InterruptedException {
        server.close();
    }
}
