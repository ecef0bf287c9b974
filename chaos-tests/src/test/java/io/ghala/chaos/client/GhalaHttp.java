package io.ghala.chaos.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ghala.chaos.client.Replicas.Replica;
import io.ghala.chaos.history.Observation;
import io.ghala.chaos.history.Observation.Medium;
import io.ghala.chaos.history.Observation.RowWrite;
import io.ghala.chaos.history.Outcome;
import io.ghala.chaos.history.Payload;
import io.ghala.chaos.history.Recorder;
import io.ghala.chaos.history.SeenRow;
import io.ghala.chaos.history.Token;
import io.ghala.chaos.history.Write;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a client asks a query-service for over HTTP. */
public final class GhalaHttp {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Longer than the stack waits for Redis, so that answers of services that recover are seen. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final String table;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    public GhalaHttp(String table) {
        this.table = table;
    }

    /** Asks to queue a write once. */
    public Outcome write(Replica replica, Write.Kind kind, String row, int number, String opId)
            throws InterruptedException {
        ObjectNode body = JSON.createObjectNode().put("table", table).put("id", row);
        if (!opId.isEmpty()) {
            body.put("op_id", opId);
        }
        String text = body.toString();
        if (kind == Write.Kind.UPSERT) {
            text = text.substring(0, text.length() - 1) + ",\"row\":" + Payload.json(row, number) + "}";
        }
        try {
            HttpResponse<String> response =
                    post(replica, kind == Write.Kind.UPSERT ? "/upsert" : "/delete", text, PATIENCE);
            if (response.statusCode() == 202) {
                return new Outcome.Queued(
                        Token.parse(JSON.readTree(response.body()).path("token").asText()));
            }
            // Only these answers promise that nothing was queued; behind any other the answer of Redis may be lost.
            String detail = response.statusCode() + " " + response.body();
            return leavesNoTrace(response) ? new Outcome.Refused(detail) : new Outcome.Unknown(detail);
        } catch (IOException e) {
            return new Outcome.Unknown(e.toString());
        }
    }

    private static boolean leavesNoTrace(HttpResponse<String> response) {
        return response.statusCode() == 400
                || response.statusCode() == 404
                || response.statusCode() == 409
                || response.statusCode() == 429
                || (response.statusCode() == 503 && response.body().contains("takes no writes yet"));
    }

    /** Asks to queue many upserts in order, each line a JSON object; returns their tokens in order. */
    public List<Token> writeAll(Replica replica, List<String> lines) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(replica.address() + "/upsert"))
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofString(String.join("\n", lines)))
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        List<Token> tokens = new ArrayList<>();
        for (String line : response.body().lines().toList()) {
            String token = JSON.readTree(line).path("token").asText();
            if (token.isEmpty()) {
                throw new IOException("a write was not queued: " + line);
            }
            tokens.add(Token.parse(token));
        }
        if (tokens.size() != lines.size()) {
            throw new IOException(lines.size() + " writes got " + tokens.size() + " tokens: " + response.body());
        }
        return tokens;
    }

    /** A line for {@link #writeAll}. */
    public String line(String row, int number) {
        return "{\"table\":\"" + table + "\",\"id\":\"" + row + "\",\"row\":" + Payload.json(row, number) + "}";
    }

    /** How a read ended. */
    public sealed interface ReadResult {
        record Seen(Observation observation) implements ReadResult {}

        /** The token cannot be waited for. */
        record TokenRefused(String detail) implements ReadResult {}

        /** There was no answer in time, which promises nothing. */
        record NoAnswer(String detail) implements ReadResult {}
    }

    /** Reads the whole table, with the write {@code after} in it if there is one. */
    public ReadResult read(Replica replica, Optional<RowWrite> after, Duration timeout) throws InterruptedException {
        ObjectNode body = JSON.createObjectNode()
                .put("sql", "SELECT id, n, a, b, _version FROM source." + table)
                .put("format", "csv")
                .put("timeout_ms", timeout.toMillis());
        after.ifPresent(write -> body.put("after", write.token().toString()));
        long invoked = Recorder.now();
        try {
            HttpResponse<String> response = post(replica, "/sql", body.toString(), timeout.plus(PATIENCE));
            long ended = Recorder.now();
            if (response.statusCode() == 409) {
                return new ReadResult.TokenRefused(response.body());
            }
            if (response.statusCode() == 400 || response.statusCode() == 403) {
                throw new IllegalStateException("the statement is wrong: " + response.body());
            }
            if (response.statusCode() != 200) {
                return new ReadResult.NoAnswer(response.statusCode() + " " + response.body());
            }
            return new ReadResult.Seen(new Observation(
                    Medium.SQL, replica.name(), invoked, ended, version(response), rows(response.body()), after));
        } catch (IOException e) {
            return new ReadResult.NoAnswer(e.toString());
        }
    }

    private long version(HttpResponse<String> response) throws IOException {
        for (String one :
                response.headers().firstValue("Ghala-Version").orElse("").split(", ", -1)) {
            if (one.startsWith(table + "=")) {
                return Long.parseLong(one.substring(table.length() + 1));
            }
        }
        throw new IOException("the answer says no version");
    }

    private static List<SeenRow> rows(String csv) throws IOException {
        List<String> lines = csv.lines().toList();
        if (lines.isEmpty() || !lines.get(0).equals("id,n,a,b,_version")) {
            throw new IOException("the answer is no CSV of the table: " + csv);
        }
        List<SeenRow> rows = new ArrayList<>(lines.size() - 1);
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            rows.add(new SeenRow(
                    cells[0], Long.parseLong(cells[1]), Long.parseLong(cells[2]), Long.parseLong(cells[3]), cells[4]));
        }
        return rows;
    }

    private HttpResponse<String> post(Replica replica, String path, String body, Duration patience)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(replica.address() + path))
                .timeout(patience)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
