package io.ghala.queryservice.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ghala.intent.Intent;
import io.ghala.intent.IntentQueue;
import io.ghala.intent.IntentQueue.EnqueueResult;
import io.ghala.intent.IntentValidation;
import io.ghala.intent.RowCondition;
import io.ghala.model.InvalidValueException;
import io.ghala.model.OpId;
import io.ghala.model.RowId;
import io.ghala.model.TableName;
import io.ghala.query.SqlProblem;
import io.ghala.query.SqlProblem.Kind;
import io.ghala.query.SqlProblemException;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.server.Request;

/** {@code POST /upsert} and {@code POST /delete}: one write as JSON, or many as NDJSON with a result a line. */
public final class WriteRoute {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final IntentQueue intents;

    @Inject
    WriteRoute(IntentQueue intents) {
        this.intents = intents;
    }

    void upsert(Request request, HttpReply reply) throws IOException {
        Map<TableName, String> keys = new HashMap<>();
        write(request, reply, node -> upsert(node, keys));
    }

    void delete(Request request, HttpReply reply) throws IOException {
        write(request, reply, WriteRoute::delete);
    }

    /** What a JSON object asks for. */
    private interface Reader {
        Write read(JsonNode node);
    }

    /** A write of a table. */
    private record Write(TableName table, IntentQueue.Request request) {}

    private void write(Request request, HttpReply reply, Reader reader) throws IOException {
        String body = RequestBody.text(request);
        if (!RequestBody.is(request, "application/x-ndjson")) {
            Write write = reader.read(RequestBody.object(body));
            EnqueueResult result = intents.enqueue(write.table(), write.request());
            if (result instanceof EnqueueResult.Queued queued) {
                reply.json(
                        202, JSON.createObjectNode().put("token", queued.token().toString()));
                return;
            }
            throw new SqlProblemException(problemOf(result));
        }
        StringBuilder out = new StringBuilder();
        results(body.lines().filter(line -> !line.isBlank()).toList(), reader)
                .forEach(result -> out.append(result).append('\n'));
        reply.text(200, "application/x-ndjson", out.toString());
    }

    /** A result a line, in order. Lines that are wrong leave the others untouched; neighbours of one table are queued together. */
    private List<ObjectNode> results(List<String> lines, Reader reader) {
        List<ObjectNode> results = new ArrayList<>(lines.size());
        List<Write> together = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (String line : lines) {
            int place = results.size();
            try {
                Write write = reader.read(RequestBody.object(line));
                if (!together.isEmpty() && !together.get(0).table().equals(write.table())) {
                    enqueue(together, places, results);
                }
                together.add(write);
                places.add(place);
                results.add(JSON.createObjectNode());
            } catch (SqlProblemException e) {
                results.add(problem(e.problem()));
            } catch (InvalidValueException e) {
                results.add(problem(new SqlProblem(Kind.BAD_REQUEST, String.valueOf(e.getMessage()))));
            }
        }
        enqueue(together, places, results);
        return results;
    }

    private void enqueue(List<Write> writes, List<Integer> places, List<ObjectNode> results) {
        if (!writes.isEmpty()) {
            List<EnqueueResult> answers = intents.enqueueAll(
                    writes.get(0).table(), writes.stream().map(Write::request).toList());
            for (int i = 0; i < answers.size(); i++) {
                EnqueueResult answer = answers.get(i);
                results.set(
                        places.get(i),
                        answer instanceof EnqueueResult.Queued queued
                                ? JSON.createObjectNode()
                                        .put("token", queued.token().toString())
                                : problem(problemOf(answer)));
            }
        }
        writes.clear();
        places.clear();
    }

    private static ObjectNode problem(SqlProblem problem) {
        return JSON.createObjectNode()
                .put("status", problem.kind().httpStatus())
                .put("detail", problem.detail());
    }

    private static Write delete(JsonNode node) {
        return new Write(
                table(node), new IntentQueue.Request(new Intent.Delete(id(node)), opId(node), condition(node)));
    }

    private Write upsert(JsonNode node, Map<TableName, String> keys) {
        TableName table = table(node);
        RowId id = id(node);
        if (!node.path("row").isObject()) {
            throw new SqlProblemException(
                    new SqlProblem(Kind.BAD_REQUEST, "the body needs the row as a JSON object in \"row\""));
        }
        String payload = node.path("row").toString();
        IntentValidation.requireValid(id, payload, keys.computeIfAbsent(table, intents::keyColumn));
        return new Write(table, new IntentQueue.Request(new Intent.Upsert(id, payload), opId(node), condition(node)));
    }

    private static Optional<RowCondition> condition(JsonNode node) {
        return node.has("if_version") ? Optional.of(RowCondition.parse(text(node, "if_version"))) : Optional.empty();
    }

    private static TableName table(JsonNode node) {
        return new TableName(text(node, "table"));
    }

    private static RowId id(JsonNode node) {
        return new RowId(text(node, "id"));
    }

    private static Optional<OpId> opId(JsonNode node) {
        return node.has("op_id") ? Optional.of(new OpId(text(node, "op_id"))) : Optional.empty();
    }

    private static String text(JsonNode node, String field) {
        if (!node.path(field).isTextual() && !node.path(field).isIntegralNumber()) {
            throw new SqlProblemException(
                    new SqlProblem(Kind.BAD_REQUEST, "the body needs \"" + field + "\" as a text"));
        }
        return node.path(field).asText();
    }

    private static SqlProblem problemOf(EnqueueResult result) {
        if (result instanceof EnqueueResult.Conflict conflict) {
            return new SqlProblem(
                    Kind.CONFLICT, "the op id was used for another write, whose token is " + conflict.earlier());
        }
        if (result instanceof EnqueueResult.Busy busy) {
            return new SqlProblem(Kind.BUSY, busy.reason());
        }
        return new SqlProblem(Kind.NOT_READY, ((EnqueueResult.NotReady) result).reason());
    }
}
