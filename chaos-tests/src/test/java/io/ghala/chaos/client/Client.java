package io.ghala.chaos.client;

import io.ghala.chaos.client.GhalaHttp.ReadResult;
import io.ghala.chaos.client.Replicas.Replica;
import io.ghala.chaos.history.History.TokenRefusal;
import io.ghala.chaos.history.Observation.RowWrite;
import io.ghala.chaos.history.Outcome;
import io.ghala.chaos.history.Recorder;
import io.ghala.chaos.history.Write;
import io.ghala.chaos.history.Write.Attempt;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * One program that writes rows, tries again what it is in doubt about, and reads: with the token of its last write, or
 * plainly.
 */
public final class Client implements Actor {
    private static final int ATTEMPTS = 6;
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(6);

    private final GhalaHttp http;
    private final Replicas replicas;
    private final Recorder recorder;
    private final Random random;
    private final int rows;
    private Optional<RowWrite> last = Optional.empty();

    /** {@code rows} is the number of rows that all clients share. */
    public Client(GhalaHttp http, Replicas replicas, Recorder recorder, Random random, int rows) {
        this.http = http;
        this.replicas = replicas;
        this.recorder = recorder;
        this.random = random;
        this.rows = rows;
    }

    @Override
    public void act() throws IOException, InterruptedException {
        int what = random.nextInt(10);
        if (what < 6) {
            write(random.nextInt(5) == 0 ? Write.Kind.DELETE : Write.Kind.UPSERT, "r" + random.nextInt(rows));
        } else {
            Optional<RowWrite> after = what < 9 ? last : Optional.empty();
            last = Optional.empty();
            read(after);
        }
    }

    @Override
    public Duration pace() {
        return Duration.ofMillis(20 + random.nextInt(60));
    }

    /**
     * Asks for a write until it is certain or given up; half of the writes carry an op id, the others are tried once.
     */
    public Write write(Write.Kind kind, String row) throws IOException, InterruptedException {
        int number = recorder.nextNumber();
        String opId = random.nextBoolean() ? "op-" + number : "";
        return write(kind, row, number, opId);
    }

    Write write(Write.Kind kind, String row, int number, String opId) throws IOException, InterruptedException {
        List<Attempt> attempts = new ArrayList<>();
        for (int attempt = 0; attempt < (opId.isEmpty() ? 1 : ATTEMPTS); attempt++) {
            long invoked = Recorder.now();
            Optional<Replica> replica = replicas.any(random);
            Outcome outcome = replica.isEmpty()
                    ? new Outcome.Refused("no query-service listens")
                    : http.write(replica.get(), kind, row, number, opId);
            attempts.add(new Attempt(invoked, Recorder.now(), outcome));
            // After a certain answer it asks once more now and then, as a client does that lost the answer itself.
            if (!(outcome instanceof Outcome.Unknown) && random.nextInt(8) > 0) {
                break;
            }
        }
        Write write = new Write(number, kind, row, opId, attempts);
        recorder.add(write);
        if (!write.tokens().isEmpty()) {
            last = Optional.of(
                    new RowWrite(row, write.tokens().get(write.tokens().size() - 1)));
        }
        return write;
    }

    /** Reads the table once and writes down what was seen. */
    public Optional<ReadResult> read(Optional<RowWrite> after) throws IOException, InterruptedException {
        Optional<Replica> replica = replicas.any(random);
        if (replica.isEmpty()) {
            return Optional.empty();
        }
        long invoked = Recorder.now();
        ReadResult result = http.read(replica.get(), after, READ_TIMEOUT);
        if (result instanceof ReadResult.Seen seen) {
            recorder.add(seen.observation());
        } else if (result instanceof ReadResult.TokenRefused refused && after.isPresent()) {
            recorder.add(new TokenRefusal(after.get(), invoked, Recorder.now(), refused.detail()));
        }
        return Optional.of(result);
    }
}
