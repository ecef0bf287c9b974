package io.ghala.redis.snapshots;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.folder.UnservedEntry;
import io.ghala.redis.wire.KeySchema;
import io.ghala.testing.RealRedis;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisUnservedEntriesIT {
    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    @Test
    void whatIsSaidReplacesWhatWasSaidAndJunkIsNothing() {
        RedisUnservedEntries entries = new RedisUnservedEntries(REDIS.connection());
        assertThat(entries.list()).isEmpty();
        UnservedEntry flat = new UnservedEntry("a \"b\".csv", "a table is a folder");
        UnservedEntry folder = new UnservedEntry("Übersicht", "no name of a table");
        entries.note(List.of(flat, folder));
        assertThat(entries.list()).containsExactly(flat, folder);
        entries.note(List.of(folder));
        assertThat(entries.list()).containsExactly(folder);
        REDIS.server().client().set(KeySchema.UNSERVED, "{junk");
        assertThat(entries.list()).isEmpty();
    }
}
