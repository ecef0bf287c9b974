package io.ghala.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghala.chaos.client.FolderFold;
import io.ghala.chaos.client.GhalaHttp;
import io.ghala.chaos.client.GhalaHttp.ReadResult;
import io.ghala.chaos.client.ParquetWatcher;
import io.ghala.chaos.client.Replicas;
import io.ghala.chaos.client.Replicas.Replica;
import io.ghala.chaos.cluster.Cluster;
import io.ghala.chaos.cluster.ServiceKind;
import io.ghala.chaos.history.History.DeadLetter;
import io.ghala.chaos.history.History.Ending;
import io.ghala.chaos.history.Observation;
import io.ghala.chaos.history.SeenRow;
import io.ghala.model.StreamId;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.resps.StreamEntry;

/**
 * Waits until nothing moves any more and takes what is there; what does not come to rest in time is taken as it is, for
 * the checker to judge.
 */
final class Rest {
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Cluster cluster;
    private final String table;
    private final Optional<ParquetWatcher> parquet;
    private final Duration patience;

    Rest(Cluster cluster, String table, Optional<ParquetWatcher> parquet, Duration patience) {
        this.cluster = cluster;
        this.table = table;
        this.parquet = parquet;
        this.patience = patience;
    }

    Ending await() {
        AtomicReference<Ending> last = new AtomicReference<>();
        try {
            Awaitility.await("nothing moves")
                    .atMost(patience)
                    .pollInterval(Duration.ofMillis(50))
                    .pollDelay(Duration.ZERO)
                    .until(() -> isReached(last));
        } catch (ConditionTimeoutException e) {
            System.out.println("chaos: no rest within " + patience);
        }
        return last.get();
    }

    private boolean isReached(AtomicReference<Ending> last) throws Exception {
        // Before the folder is read: what was applied later may be missing from it.
        boolean drained = cluster.redis().client().xlen(key("intents")) == 0;
        Ending ending = take();
        last.set(ending);
        return drained && atRest(ending);
    }

    private boolean atRest(Ending ending) throws IOException {
        Set<SeenRow> folder = Set.copyOf(ending.folder());
        return ending.sql().size() == cluster.slots(ServiceKind.QUERY).size()
                && ending.sql().stream()
                        .allMatch(answer -> answer.version() == ending.published()
                                && Set.copyOf(answer.rows()).equals(folder))
                && ending.parquet().stream().allMatch(file -> file.version() == ending.published())
                && (parquet.isEmpty() || !ending.parquet().isEmpty())
                && published() == ending.published();
    }

    private Ending take() throws IOException, InterruptedException, SQLException {
        List<SeenRow> folder = fold(cluster.root().resolve(table));
        long published = published();
        List<Observation> sql = new ArrayList<>();
        for (Replica replica : new Replicas(cluster.slots(ServiceKind.QUERY)).all()) {
            ReadResult read = new GhalaHttp(table).read(replica, Optional.empty(), READ_TIMEOUT);
            if (read instanceof ReadResult.Seen seen) {
                sql.add(seen.observation());
            }
        }
        List<Observation> files = new ArrayList<>();
        if (parquet.isPresent()) {
            parquet.get().read().ifPresent(files::add);
        }
        return new Ending(folder, published, sql, files, deadLetters());
    }

    private static List<SeenRow> fold(Path folder) throws IOException {
        NoSuchFileException swept = null;
        for (int attempt = 0; attempt < 100; attempt++) {
            try {
                return FolderFold.rows(folder);
            } catch (NoSuchFileException e) {
                // Swept between its name and its content: the next listing does not have it.
                swept = e;
            }
        }
        throw new IOException("the folder does not come to rest", swept);
    }

    private long published() throws IOException {
        String text = cluster.redis().client().get(key("manifest"));
        return text == null ? 0 : JSON.readTree(text).path("version").asLong();
    }

    private List<DeadLetter> deadLetters() {
        List<DeadLetter> letters = new ArrayList<>();
        for (StreamEntry entry : cluster.redis().client().xrange(key("dead"), (StreamEntryID) null, null, 100_000)) {
            letters.add(new DeadLetter(
                    StreamId.parse(entry.getFields().getOrDefault("stream_id", "0-0")),
                    entry.getFields().getOrDefault("id", "")));
        }
        return letters;
    }

    private String key(String name) {
        return "ghala:{" + table + "}:" + name;
    }
}
