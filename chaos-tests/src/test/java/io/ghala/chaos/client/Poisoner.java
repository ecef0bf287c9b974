package io.ghala.chaos.client;

import io.ghala.chaos.history.Outcome;
import io.ghala.chaos.history.Recorder;
import io.ghala.chaos.history.Token;
import io.ghala.chaos.history.Write;
import io.ghala.chaos.history.Write.Attempt;
import io.ghala.model.StreamId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.XAddParams;

/** Somebody who writes to the stream past all checks what can never be applied. */
public final class Poisoner implements Actor {
    private final RedisClient redis;
    private final String table;
    private final Recorder recorder;

    public Poisoner(RedisClient redis, String table, Recorder recorder) {
        this.redis = redis;
        this.table = table;
        this.recorder = recorder;
    }

    @Override
    public Duration pace() {
        return Duration.ofSeconds(3);
    }

    @Override
    public void act() {
        int number = recorder.nextNumber();
        long invoked = Recorder.now();
        Outcome outcome;
        try {
            StreamEntryID id = redis.xadd(
                    "ghala:{" + table + "}:intents",
                    XAddParams.xAddParams().noMkStream(),
                    Map.of("op", "upsert", "id", "r0", "payload", "{\"id\":\"other\",\"n\":" + number + "}"));
            outcome = id == null
                    ? new Outcome.Refused("the stream is not open")
                    : new Outcome.Queued(new Token("none", new StreamId(id.getTime(), id.getSequence())));
        } catch (JedisException e) {
            outcome = new Outcome.Unknown(e.toString());
        }
        recorder.add(
                new Write(number, Write.Kind.POISON, "r0", "", List.of(new Attempt(invoked, Recorder.now(), outcome))));
    }
}
