package io.ghala.redis.queries;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.ghala.model.ResultFormat;
import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableName;
import io.ghala.query.AwaitedWrites;
import io.ghala.query.SqlHeader;
import io.ghala.query.SqlParameters;
import io.ghala.query.SqlProblem;
import io.ghala.query.SqlRequest;
import io.ghala.token.ExactJson;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Requests, headers and problems as JSON. */
final class SqlMessages {
    private static final ObjectMapper JSON = ExactJson.mapper();

    private SqlMessages() {}

    static String request(SqlRequest request) {
        ObjectNode out = JSON.createObjectNode()
                .put("sql", request.sql())
                .put("format", request.format().name())
                .put("timeout_ms", request.timeout().toMillis());
        if (!request.parameters().isEmpty()) {
            out.putRawValue("params", new RawValue(request.parameters().json()));
        }
        if (!request.after().isEmpty()) {
            out.put("after", request.after().toString());
        }
        request.maxAge().ifPresent(age -> out.put("max_age_ms", age.toMillis()));
        ObjectNode least = out.putObject("min_version");
        request.minVersion().forEach((table, version) -> least.put(table.value(), version.value()));
        return out.toString();
    }

    static SqlRequest request(String text) throws IOException {
        JsonNode node = JSON.readTree(text);
        Map<TableName, SnapshotVersion> least = new HashMap<>();
        node.path("min_version")
                .properties()
                .forEach(entry -> least.put(
                        new TableName(entry.getKey()),
                        new SnapshotVersion(entry.getValue().asLong())));
        return new SqlRequest(
                node.path("sql").asText(),
                node.has("params") ? new SqlParameters(node.get("params").toString()) : SqlParameters.NONE,
                ResultFormat.valueOf(node.path("format").asText()),
                node.has("after")
                        ? AwaitedWrites.parse(List.of(node.get("after").asText()))
                        : AwaitedWrites.NONE,
                least,
                node.has("max_age_ms")
                        ? Optional.of(Duration.ofMillis(node.get("max_age_ms").asLong()))
                        : Optional.empty(),
                Duration.ofMillis(node.path("timeout_ms").asLong()));
    }

    static String header(SqlHeader header) {
        ObjectNode out = JSON.createObjectNode();
        header.tables().forEach((table, state) -> {
            ObjectNode told = out.putObject(table.value())
                    .put("version", state.version().value())
                    .put("published_at_ms", state.publishedAt().toEpochMilli())
                    .put("confirmed_at_ms", state.confirmedAt().toEpochMilli());
            state.stale().ifPresent(reason -> told.put("stale", reason));
        });
        return out.toString();
    }

    static SqlHeader header(byte[] text) throws IOException {
        Map<TableName, SqlHeader.TableState> tables = new HashMap<>();
        JSON.readTree(text)
                .properties()
                .forEach(entry -> tables.put(
                        new TableName(entry.getKey()),
                        new SqlHeader.TableState(
                                new SnapshotVersion(
                                        entry.getValue().path("version").asLong()),
                                Instant.ofEpochMilli(
                                        entry.getValue().path("published_at_ms").asLong()),
                                Instant.ofEpochMilli(
                                        entry.getValue().path("confirmed_at_ms").asLong()),
                                Optional.ofNullable(
                                        entry.getValue().path("stale").textValue()))));
        return new SqlHeader(tables);
    }

    static String problem(SqlProblem problem) {
        return JSON.createObjectNode()
                .put("kind", problem.kind().name())
                .put("detail", problem.detail())
                .toString();
    }

    static SqlProblem problem(byte[] text) throws IOException {
        JsonNode node = JSON.readTree(text);
        return new SqlProblem(
                SqlProblem.Kind.valueOf(node.path("kind").asText()),
                node.path("detail").asText());
    }
}
