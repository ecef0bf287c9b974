package io.ghala.redis.intents;

import io.ghala.intent.AppliedLog;
import io.ghala.model.StreamId;
import io.ghala.model.TableName;
import io.ghala.redis.wire.RedisConnection;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;

/**
 * The names of applied files as a stream: each entry has one field {@code files} with the names of one acknowledged
 * batch, a line each. Trimming drops the oldest entries, so nothing after a cursor is lost as long as the cursor's own
 * entry is still there.
 */
final class RedisAppliedLog implements AppliedLog {
    private static final int PAGE = 1000;

    private final RedisConnection redis;

    @Inject
    RedisAppliedLog(RedisConnection redis) {
        this.redis = redis;
    }

    @Override
    public Read since(TableName table, Cursor cursor) {
        List<String> names = new ArrayList<>();
        Cursor next = cursor;
        while (true) {
            List<?> answer = page(table, next);
            String kind = String.valueOf(answer.get(0));
            if (!kind.equals("ok")) {
                return new Read.Gap(
                        kind.equals("epoch")
                                ? "table " + table + "'s stream was opened anew"
                                : "the log of table " + table + " was trimmed past " + next.position());
            }
            for (int i = 1; i < answer.size(); i += 2) {
                next = new Cursor(cursor.epoch(), StreamId.parse(String.valueOf(answer.get(i))));
                String.valueOf(answer.get(i + 1))
                        .lines()
                        .filter(name -> !name.isEmpty())
                        .forEach(names::add);
            }
            if (answer.size() < 1 + 2 * PAGE) {
                return new Read.Names(names, next);
            }
        }
    }

    private List<?> page(TableName table, Cursor cursor) {
        return AppliedSinceScript.run(redis, table, cursor, PAGE);
    }
}
