package io.ghala.chaos;

import io.ghala.chaos.check.Checker;
import io.ghala.chaos.check.Rule;
import io.ghala.chaos.client.FolderWatcher;
import io.ghala.chaos.client.GhalaHttp;
import io.ghala.chaos.client.GhalaHttp.ReadResult;
import io.ghala.chaos.client.People;
import io.ghala.chaos.client.Replicas;
import io.ghala.chaos.client.Replicas.Replica;
import io.ghala.chaos.client.SnapshotWatcher;
import io.ghala.chaos.cluster.Cluster;
import io.ghala.chaos.cluster.ServiceKind;
import io.ghala.chaos.history.History.TokenRefusal;
import io.ghala.chaos.history.Observation.RowWrite;
import io.ghala.chaos.history.Outcome;
import io.ghala.chaos.history.Recorder;
import io.ghala.chaos.history.Write;
import io.ghala.chaos.history.Write.Attempt;
import io.ghala.chaos.sabotage.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import redis.clients.jedis.RedisClient;

/** One table of a directed schedule, with what is done to it and seen of it. */
final class Scene {
    private static final int ROWS = 5;

    private final Cluster cluster;
    private final String table;
    private final Commands commands;
    private final Recorder recorder = new Recorder();
    private final GhalaHttp http;
    private final Path folder;
    private final Duration patience;

    /** {@code patience} is how long it may take to come to rest. */
    Scene(Cluster cluster, String table, Duration patience) {
        this.patience = patience;
        this.cluster = cluster;
        this.table = table;
        this.commands = new Commands(table);
        this.http = new GhalaHttp(table);
        this.folder = cluster.root().resolve(table);
    }

    String table() {
        return table;
    }

    Commands commands() {
        return commands;
    }

    Path folder() {
        return folder;
    }

    /** Makes the table's folder with a file in it. */
    Scene open() throws IOException {
        Files.createDirectory(folder);
        People.putBase(folder, ROWS);
        return this;
    }

    /** Makes the table's folder with nothing in it. */
    Scene openEmpty() throws IOException {
        Files.createDirectory(folder);
        return this;
    }

    /** Whether the folder holds an op file of {@code row}. */
    boolean holdsOp(String row) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> file.getFileName().toString().startsWith(row + "@"));
        }
    }

    /** Waits until the query-service answers from the table. */
    Scene awaitLoaded() {
        cluster.await(
                table + " is loaded", () -> read(Optional.empty(), Duration.ofSeconds(5)) instanceof ReadResult.Seen);
        return this;
    }

    /** Waits until the table takes writes. */
    Scene awaitOpen() {
        cluster.await(table + " takes writes", () -> redis().exists(commands.key("epoch")));
        return this;
    }

    RedisClient redis() {
        return cluster.redis().client();
    }

    private Replica replica() throws IOException {
        return new Replicas(cluster.slots(ServiceKind.QUERY)).all().get(0);
    }

    /** Asks once for a write of {@code row} and takes it for granted that it is queued. */
    RowWrite write(String row) throws IOException, InterruptedException {
        return once(Write.Kind.UPSERT, row);
    }

    /** Asks once for {@code row} to be deleted and takes it for granted that it is queued. */
    RowWrite delete(String row) throws IOException, InterruptedException {
        return once(Write.Kind.DELETE, row);
    }

    private RowWrite once(Write.Kind kind, String row) throws IOException, InterruptedException {
        int number = recorder.nextNumber();
        Write write = new Write(number, kind, row, "", List.of(attempt(kind, number, row, "")));
        recorder.add(write);
        return new RowWrite(row, write.tokens().get(0));
    }

    /** Something that happens between two attempts. */
    interface Between {
        void happen(int attempt) throws IOException;
    }

    /** Asks {@code times} for the same write. */
    Write tryAgain(String row, String opId, int times, Between between) throws IOException, InterruptedException {
        int number = recorder.nextNumber();
        List<Attempt> attempts = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            between.happen(i);
            attempts.add(attempt(Write.Kind.UPSERT, number, row, opId));
        }
        Write write = new Write(number, Write.Kind.UPSERT, row, opId, attempts);
        recorder.add(write);
        return write;
    }

    private Attempt attempt(Write.Kind kind, int number, String row, String opId)
            throws IOException, InterruptedException {
        long invoked = Recorder.now();
        Outcome outcome = http.write(replica(), kind, row, number, opId);
        return new Attempt(invoked, Recorder.now(), outcome);
    }

    ReadResult read(Optional<RowWrite> after, Duration timeout) throws IOException, InterruptedException {
        long invoked = Recorder.now();
        ReadResult result = http.read(replica(), after, timeout);
        if (result instanceof ReadResult.Seen seen) {
            recorder.add(seen.observation());
        } else if (result instanceof ReadResult.TokenRefused refused && after.isPresent()) {
            recorder.add(new TokenRefusal(after.get(), invoked, Recorder.now(), refused.detail()));
        }
        return result;
    }

    /** Reads with a token that has to be answered in the end. */
    void readAfter(RowWrite write) {
        cluster.await(
                write + " can be read",
                () -> read(Optional.of(write), Duration.ofSeconds(5)) instanceof ReadResult.Seen);
    }

    void lookAtRedis() throws IOException {
        new SnapshotWatcher(redis(), table, recorder).look();
    }

    void lookAtFolder() throws IOException {
        new FolderWatcher(folder, recorder).act();
    }

    long published() {
        String manifest = redis().get(commands.key("manifest"));
        return manifest == null ? 0 : Long.parseLong(manifest.replaceFirst("^.*?\"version\":([0-9]+).*$", "$1"));
    }

    /** Waits for rest and tells which rules were broken. */
    Set<Rule> brokenRules() throws Exception {
        return Checker.check(recorder.close(new Rest(cluster, table, Optional.empty(), patience).await())).stream()
                .map(violation -> violation.rule())
                .collect(Collectors.toSet());
    }
}
