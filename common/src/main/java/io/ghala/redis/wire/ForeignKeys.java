package io.ghala.redis.wire;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/**
 * Keys under Ghala's names that are of another type than Ghala's: somebody else put them there, and every command on
 * them fails. Nothing of Ghala's can be in them, and what was there before is gone: they are removed, so that services
 * go on.
 */
final class ForeignKeys {
    private static final Logger log = LoggerFactory.getLogger(ForeignKeys.class);
    private static final ScanParams OURS = new ScanParams().match("ghala:*").count(1000);

    private ForeignKeys() {}

    /** Removes those of one server; returns how many. */
    static int remove(Jedis redis) {
        int removed = 0;
        String cursor = ScanParams.SCAN_POINTER_START;
        do {
            ScanResult<String> page = redis.scan(cursor, OURS);
            for (String key : page.getResult()) {
                Optional<String> expected = KeySchema.typeOf(key);
                String type = redis.type(key);
                if (expected.isPresent() && !type.equals(expected.get()) && !type.equals("none")) {
                    redis.del(key);
                    removed++;
                    log.warn(
                            "key removed key={} reason=\"it is a {}, and Ghala's is a {}\" next=\"keep other programs out of"
                                    + " keys that begin with ghala:\"",
                            key,
                            type,
                            expected.get());
                }
            }
            cursor = page.getCursor();
        } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
        return removed;
    }
}
