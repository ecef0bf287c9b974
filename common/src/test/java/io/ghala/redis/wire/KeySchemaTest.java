package io.ghala.redis.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.model.TableName;
import org.junit.jupiter.api.Test;

/**
 * Keys are the interface between processes of different versions: changing one here means changing it for everybody.
 */
class KeySchemaTest {
    private static final TableName T = new TableName("orders");

    @Test
    void namesAreWhatOtherProcessesExpect() {
        assertThat(String.join(
                        "\n",
                        KeySchema.TABLES,
                        KeySchema.UNSERVED,
                        KeySchema.SERVICES,
                        KeySchema.ANNOUNCE,
                        KeySchema.REQUESTS,
                        KeySchema.LOST,
                        KeySchema.WORKERS,
                        KeySchema.REPLICAS,
                        KeySchema.manifest(T),
                        KeySchema.watermark(T),
                        KeySchema.looked(T),
                        KeySchema.staging(T),
                        KeySchema.trash(T),
                        KeySchema.parquet(T),
                        KeySchema.repair(T),
                        KeySchema.notices(T),
                        KeySchema.anew(T),
                        KeySchema.lease(T, "refresher"),
                        KeySchema.intents(T),
                        KeySchema.epoch(T),
                        KeySchema.log(T),
                        KeySchema.ops(T),
                        KeySchema.opsAge(T),
                        KeySchema.dead(T),
                        KeySchema.deadIds(T),
                        KeySchema.cas(T),
                        KeySchema.barrier(T),
                        KeySchema.compact(T),
                        KeySchema.blob(T, "0123456789abcdef", 7),
                        KeySchema.answer("q1"),
                        KeySchema.run("q1"),
                        KeySchema.alive("q1")))
                .isEqualTo("""
                        ghala:tables
                        ghala:unserved
                        ghala:services
                        ghala:announce
                        ghala:{q}:requests
                        ghala:{q}:lost
                        workers
                        replicas
                        ghala:{orders}:manifest
                        ghala:{orders}:watermark
                        ghala:{orders}:looked
                        ghala:{orders}:staging
                        ghala:{orders}:trash
                        ghala:{orders}:parquet
                        ghala:{orders}:repair
                        ghala:{orders}:notices
                        ghala:{orders}:anew
                        ghala:{orders}:lease:refresher
                        ghala:{orders}:intents
                        ghala:{orders}:epoch
                        ghala:{orders}:log
                        ghala:{orders}:ops
                        ghala:{orders}:ops:age
                        ghala:{orders}:dead
                        ghala:{orders}:dead:ids
                        ghala:{orders}:cas
                        ghala:{orders}:barrier
                        ghala:{orders}:compact
                        ghala:b:orders:0123456789abcdef:7
                        ghala:{q}:q1:answer
                        ghala:{q}:q1:run
                        ghala:{q}:q1:alive""");
    }
}
