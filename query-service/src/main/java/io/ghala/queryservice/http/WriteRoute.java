package io.ghala.queryservice.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ghala.intent.Intent;
import io.ghala.intent.IntentQueue;
import io.ghala.intent.IntentQueue.EnqueueResult;
import io.ghala.intent.RowCondition;
import io.ghala.intent.TypeChangeException;
import io.ghala.intent.WriteRules;
import io.ghala.model.InvalidValueException;
import io.ghala.model.OpId;
import io.ghala.model.RowId;
import io.ghala.model.TableName;
import io.ghala.query.SqlProblem;
import io.ghala.query.SqlProblem.Kind;
import io.ghala.query.SqlProblemException;
import io.ghala.queryservice.answer.FailedRequest;
import io.ghala.snapshot.SnapshotReader;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Request;

/** {@code POST /upsert} and {@code POST /delete}: one write as JSON, or many as NDJSON with a result a line. */
public final class WriteRoute {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final KnownNames UPSERT = KnownNames.of("table", "id", "row", "op_id", "if_version", "type_change");
    private static final KnownNames DELETE = KnownNames.of("table", "id", "op_id", "if_version");

    private final IntentQueue intents;
    private final SnapshotReader snapshots;

    @Inject
    WriteRoute(IntentQueue intents, SnapshotReader snapshots) {
        this.intents = intents;
        this.snapshots = snapshots;
    }

    void upsert(Request request, HttpReply reply) {
        Map<TableName, WriteRules> rules = new HashMap<>();
        write(request, reply, UPSERT, body -> upsert(body, rules));
    }

    void delete(Request request, HttpReply reply) {
        write(request, reply, DELETE, WriteRoute::delete);
    }

    /** What a JSON object asks for. */
    private interface Reader {
        Write read(WriteBody body);
    }

    /** A write of a table. */
    private record Write(TableName table, IntentQueue.Request request) {}

    private void write(Request request, HttpReply reply, KnownNames fields, Reader reader) {
        String body = RequestBody.text(request);
        if (!RequestBody.is(request, "application/x-ndjson")) {
            Write write = reader.read(WriteBody.parse(body, fields));
            EnqueueResult result = intents.enqueue(write.table(), write.request());
            if (result instanceof EnqueueResult.Queued queued) {
                reply.json(
                        202, JSON.createObjectNode().put("token", queued.token().toString()));
                return;
            }
            throw new SqlProblemException(problemOf(write.table(), result));
        }
        StringBuilder out = new StringBuilder();
        results(Stream.of(body.split("\n")).filter(line -> !line.isBlank()).toList(), fields, reader)
                .forEach(result -> out.append(result).append('\n'));
        reply.text(200, "application/x-ndjson", out.toString());
    }

    /**
     * A result a line, in order. Lines that are wrong leave the others untouched; neighbours of one table are queued
     * together.
     */
    private List<ObjectNode> results(List<String> lines, KnownNames fields, Reader reader) {
        List<ObjectNode> results = new ArrayList<>(lines.size());
        List<Write> together = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (String line : lines) {
            int place = results.size();
            try {
                Write write = reader.read(WriteBody.parse(line, fields));
                if (!together.isEmpty() && !together.get(0).table().equals(write.table())) {
                    enqueue(together, places, results);
                }
                together.add(write);
                places.add(place);
                results.add(JSON.createObjectNode());
            } catch (SqlProblemException e) {
                results.add(problem(e.problem()));
            } catch (InvalidValueException | TypeChangeException e) {
                results.add(problem(FailedRequest.problem(e)));
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
                                : problem(problemOf(writes.get(0).table(), answer)));
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

    private static Write delete(WriteBody body) {
        Intent intent = new Intent.Delete(new RowId(body.text("id")));
        return new Write(new TableName(body.text("table")), request(intent, body));
    }

    private Write upsert(WriteBody body, Map<TableName, WriteRules> rules) {
        TableName table = new TableName(body.text("table"));
        RowId id = new RowId(body.text("id"));
        String payload = body.row();
        rules.computeIfAbsent(table, intents::rules).require(id, payload, body.typeChange());
        return new Write(table, request(new Intent.Upsert(id, payload), body));
    }

    private static IntentQueue.Request request(Intent intent, WriteBody body) {
        return new IntentQueue.Request(
                intent,
                body.optional("op_id").map(OpId::new),
                body.optional("if_version").map(RowCondition::parse));
    }

    private SqlProblem problemOf(TableName table, EnqueueResult result) {
        if (result instanceof EnqueueResult.Conflict conflict) {
            return new SqlProblem(
                    Kind.CONFLICT, "the op id was used for another write, whose token is " + conflict.earlier());
        }
        if (result instanceof EnqueueResult.Busy busy) {
            return new SqlProblem(Kind.BUSY, busy.reason());
        }
        return snapshots.version(table).isPresent()
                ? new SqlProblem(Kind.NOT_READY, ((EnqueueResult.NotReady) result).reason())
                : new SqlProblem(
                        Kind.NOT_FOUND,
                        "there is no table " + table
                                + ": GET /tables tells those that there are; a new one is a folder of that"
                                + " name in DB_ROOT, and takes writes a moment after it was made");
    }
}
