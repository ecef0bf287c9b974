package io.ghala.queryservice.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ghala.intent.Intent;
import io.ghala.intent.IntentQueue;
import io.ghala.intent.IntentQueue.EnqueueResult;
import io.ghala.intent.IntentValidation;
import io.ghala.model.InvalidValueException;
import io.ghala.model.OpId;
import io.ghala.model.RowId;
import io.ghala.model.TableName;
import io.ghala.query.SqlProblem;
import io.ghala.query.SqlProblem.Kind;
import io.ghala.query.SqlProblemException;
import jakarta.inject.Inject;
import java.io.IOException;
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
        write(request, reply, this::enqueueUpsert);
    }

    void delete(Request request, HttpReply reply) throws IOException {
        write(request, reply, this::enqueueDelete);
    }

    /** Queues what a JSON object says. */
    private interface Enqueue {
        EnqueueResult from(JsonNode node);
    }

    private static void write(Request request, HttpReply reply, Enqueue enqueue) throws IOException {
        String body = RequestBody.text(request);
        if (!RequestBody.is(request, "application/x-ndjson")) {
            EnqueueResult result = enqueue.from(RequestBody.object(body));
            if (result instanceof EnqueueResult.Queued queued) {
                reply.json(
                        202, JSON.createObjectNode().put("token", queued.token().toString()));
                return;
            }
            throw new SqlProblemException(problemOf(result));
        }
        StringBuilder out = new StringBuilder();
        body.lines().filter(line -> !line.isBlank()).forEach(line -> out.append(lineResult(line, enqueue))
                .append('\n'));
        reply.text(200, "application/x-ndjson", out.toString());
    }

    private static ObjectNode lineResult(String line, Enqueue enqueue) {
        SqlProblem problem;
        try {
            EnqueueResult result = enqueue.from(RequestBody.object(line));
            if (result instanceof EnqueueResult.Queued queued) {
                return JSON.createObjectNode().put("token", queued.token().toString());
            }
            problem = problemOf(result);
        } catch (SqlProblemException e) {
            problem = e.problem();
        } catch (InvalidValueException e) {
            problem = new SqlProblem(Kind.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
        return JSON.createObjectNode()
                .put("status", problem.kind().httpStatus())
                .put("detail", problem.detail());
    }

    private EnqueueResult enqueueDelete(JsonNode node) {
        return intents.enqueue(table(node), new Intent.Delete(id(node)), opId(node));
    }

    private EnqueueResult enqueueUpsert(JsonNode node) {
        TableName table = table(node);
        RowId id = id(node);
        if (!node.path("row").isObject()) {
            throw new SqlProblemException(
                    new SqlProblem(Kind.BAD_REQUEST, "the body needs the row as a JSON object in \"row\""));
        }
        String payload = node.path("row").toString();
        IntentValidation.requireValid(id, payload, intents.keyColumn(table));
        return intents.enqueue(table, new Intent.Upsert(id, payload), opId(node));
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
