package io.ghala.chaos.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghala.chaos.history.History.Damage;
import io.ghala.chaos.history.Observation;
import io.ghala.chaos.history.Observation.Medium;
import io.ghala.chaos.history.Recorder;
import io.ghala.chaos.history.SeenRow;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Reads snapshots from Redis as any program can: the manifest, the blobs it names, their checksums, the Arrow streams
 * in them.
 */
public final class SnapshotWatcher implements Actor {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RedisClient redis;
    private final String table;
    private final Recorder recorder;
    private long newest;

    public SnapshotWatcher(RedisClient redis, String table, Recorder recorder) {
        this.redis = redis;
        this.table = table;
        this.recorder = recorder;
    }

    @Override
    public Duration pace() {
        return Duration.ofMillis(50);
    }

    @Override
    public void act() throws IOException {
        try {
            look();
        } catch (JedisException e) {
            // Redis is away: nothing is seen.
            return;
        }
    }

    /** Reads what is published now, and writes down a version that is new, or what is wrong with it. */
    public void look() throws IOException {
        String key = "ghala:{" + table + "}:manifest";
        long invoked = Recorder.now();
        String text = redis.get(key);
        if (text == null) {
            return;
        }
        JsonNode manifest = JSON.readTree(text);
        long version = manifest.path("version").asLong();
        if (version == newest) {
            return;
        }
        List<SeenRow> rows = new ArrayList<>();
        Optional<String> damage = rows(manifest.path("body"), rows);
        if (damage.isPresent()) {
            // A version that was replaced, or wiped away, while it was read says nothing.
            if (text.equals(redis.get(key))) {
                recorder.add(new Damage("version " + version + " in Redis: " + damage.get()));
            }
            return;
        }
        newest = version;
        recorder.add(
                new Observation(Medium.REDIS, "manifest", invoked, Recorder.now(), version, rows, Optional.empty()));
    }

    private Optional<String> rows(JsonNode body, List<SeenRow> rows) throws IOException {
        for (JsonNode part : body.path("parts")) {
            if (part.has("deletes")) {
                throw new IOException("a table of this size is one part that shows all its rows, not " + part);
            }
            for (JsonNode blob : part.path("blobs")) {
                String key = blob.path("key").asText();
                byte[] bytes = redis.get(key.getBytes(StandardCharsets.UTF_8));
                if (bytes == null) {
                    return Optional.of("blob " + key + " is missing");
                }
                CRC32C crc = new CRC32C();
                crc.update(bytes);
                String expected = blob.path("crc32c").asText();
                if (!String.format("%08x", crc.getValue()).equals(expected)) {
                    return Optional.of("blob " + key + " has the checksum " + Long.toHexString(crc.getValue())
                            + " instead of " + expected);
                }
                decode(bytes, rows);
            }
        }
        return rows.size() == body.path("rows").asLong()
                ? Optional.empty()
                : Optional.of(rows.size() + " rows instead of " + body.path("rows"));
    }

    private static void decode(byte[] arrow, List<SeenRow> rows) throws IOException {
        try (BufferAllocator allocator = new RootAllocator();
                ArrowStreamReader reader = new ArrowStreamReader(new ByteArrayInputStream(arrow), allocator)) {
            while (reader.loadNextBatch()) {
                VectorSchemaRoot batch = reader.getVectorSchemaRoot();
                for (int i = 0; i < batch.getRowCount(); i++) {
                    FieldVector version = batch.getVector("_version");
                    rows.add(new SeenRow(
                            String.valueOf(batch.getVector("id").getObject(i)),
                            number(batch, "n", i),
                            number(batch, "a", i),
                            number(batch, "b", i),
                            version.isNull(i) ? "" : String.valueOf(version.getObject(i))));
                }
            }
        }
    }

    private static long number(VectorSchemaRoot batch, String column, int row) {
        return Long.parseLong(String.valueOf(batch.getVector(column).getObject(row)));
    }
}
