package io.ghala.redis.snapshots;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.folder.ReadAnew;
import io.ghala.folder.ReadAnew.Which;
import io.ghala.model.TableName;
import io.ghala.redis.wire.KeySchema;
import io.ghala.testing.RealRedis;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TakeReadAnewScriptIT {
    private static final TableName T = new TableName("orders");

    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    @Test
    void whatWasAskedForIsTakenOnceAndTogether() {
        RedisReadAnewRequests requests = new RedisReadAnewRequests(REDIS.connection());
        assertThat(requests.take(T)).isEqualTo(ReadAnew.NONE);
        requests.ask(T, new ReadAnew(Which.NAMED, Set.of("a.csv")));
        requests.ask(T, new ReadAnew(Which.MOVED, Set.of()));
        requests.ask(T, new ReadAnew(Which.NAMED, Set.of("eu/b.csv")));
        assertThat(requests.isPending(T)).isTrue();
        assertThat(requests.take(T)).isEqualTo(new ReadAnew(Which.MOVED, Set.of("a.csv", "eu/b.csv")));
        assertThat(requests.isPending(T)).isFalse();
        assertThat(requests.take(T)).isEqualTo(ReadAnew.NONE);
    }

    @Test
    void nothingOfOtherTablesIsTaken() {
        RedisReadAnewRequests requests = new RedisReadAnewRequests(REDIS.connection());
        requests.ask(new TableName("people"), new ReadAnew(Which.ALL, Set.of()));
        assertThat(TakeReadAnewScript.run(REDIS.connection(), T)).isEmpty();
        assertThat(REDIS.server().client().exists(KeySchema.anew(new TableName("people"))))
                .isTrue();
    }
}
