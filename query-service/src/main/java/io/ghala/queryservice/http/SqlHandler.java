package io.ghala.queryservice.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ghala.config.GhalaConfig;
import io.ghala.intent.Intent;
import io.ghala.intent.IntentQueue;
import io.ghala.intent.IntentQueue.EnqueueResult;
import io.ghala.intent.IntentValidation;
import io.ghala.model.InvalidValueException;
import io.ghala.model.OpId;
import io.ghala.model.RowId;
import io.ghala.model.TableName;
import io.ghala.model.WriteToken;
import io.ghala.query.ResultFormat;
import io.ghala.query.SqlHeader;
import io.ghala.query.SqlProblem;
import io.ghala.query.SqlProblem.Kind;
import io.ghala.query.SqlProblemException;
import io.ghala.query.SqlRequest;
import io.ghala.queryservice.AnswerQuery;
import io.ghala.queryservice.load.TableStore;
import io.ghala.queryservice.run.Answer;
import io.ghala.snapshot.Manifest;
import io.ghala.snapshot.SchemaCodec;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code POST /sql}, {@code POST /upsert}, {@code POST /delete}, {@code GET /tables} and {@code GET /tables/NAME}. */
public final class SqlHandler extends Handler.Abstract {
    private static final Logger log = LoggerFactory.getLogger(SqlHandler.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_BODY = 4 * 1024 * 1024;

    private final GhalaConfig config;
    private final AnswerQuery answers;
    private final TableStore store;
    private final IntentQueue intents;
    private final Clock clock;
    private final Semaphore places;

    @Inject
    SqlHandler(GhalaConfig config, AnswerQuery answers, TableStore store, IntentQueue intents, Clock clock) {
        this.config = config;
        this.answers = answers;
        this.store = store;
        this.intents = intents;
        this.clock = clock;
        this.places =
                new Semaphore(config.query().concurrency() + config.query().queue());
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = Request.getPathInContext(request);
        Reply reply = new Reply(response);
        try {
            requireToken(request);
            switch (path) {
                case "/sql" -> {
                    requireMethod(request, "POST");
                    sql(request, reply);
                }
                case "/upsert", "/delete" -> {
                    requireMethod(request, "POST");
                    write(request, reply, path.equals("/upsert"));
                }
                default -> {
                    if (!path.equals("/tables") && !path.startsWith("/tables/")) {
                        throw problem(
                                Kind.NOT_FOUND,
                                "there is no " + path + ": use /sql, /upsert, /delete, /tables or /tables/NAME");
                    }
                    requireMethod(request, "GET");
                    reply.json(
                            200,
                            path.length() <= "/tables/".length()
                                    ? tables()
                                    : table(path.substring("/tables/".length())));
                }
            }
            reply.finish(callback);
        } catch (SqlProblemException e) {
            reply.problem(e.problem(), callback);
        } catch (InvalidValueException e) {
            reply.problem(new SqlProblem(Kind.BAD_REQUEST, String.valueOf(e.getMessage())), callback);
        } catch (CancellationException | UncheckedIOException | IOException e) {
            log.info("answer not taken reason=\"{}\"", e.getMessage());
            callback.failed(e);
        } catch (RuntimeException e) {
            log.error("request failed path={} problem=\"{}\"", path, e.getMessage(), e);
            reply.problem(new SqlProblem(Kind.INTERNAL, String.valueOf(e.getMessage())), callback);
        }
        return true;
    }

    private void requireToken(Request request) {
        if (config.http().token().isEmpty()) {
            return;
        }
        String given = String.valueOf(request.getHeaders().get(HttpHeader.AUTHORIZATION));
        String expected = "Bearer " + config.http().token().get();
        if (!MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8))) {
            throw problem(
                    Kind.FORBIDDEN, "the request carries no valid token: send Authorization: Bearer with HTTP_TOKEN");
        }
    }

    private static void requireMethod(Request request, String method) {
        if (!request.getMethod().equals(method)) {
            throw problem(Kind.BAD_REQUEST, "use " + method + " here, not " + request.getMethod());
        }
    }

    private void sql(Request request, Reply reply) throws IOException {
        String body = body(request);
        SqlRequest sql = isJson(request) ? fromJson(body) : plain(body);
        if (!places.tryAcquire()) {
            throw problem(Kind.BUSY, "all places are taken: try again later");
        }
        try {
            reply.begin(sql.format(), clock);
            answers.answer(sql, reply);
        } finally {
            places.release();
        }
    }

    private static boolean isJson(Request request) {
        String type = String.valueOf(request.getHeaders().get(HttpHeader.CONTENT_TYPE));
        return type.toLowerCase(Locale.ROOT).startsWith("application/json");
    }

    private SqlRequest plain(String sql) {
        return new SqlRequest(
                sql,
                config.query().outputFormat(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                config.query().timeout());
    }

    private SqlRequest fromJson(String body) {
        JsonNode node = object(body);
        if (!node.path("sql").isTextual()) {
            throw problem(Kind.BAD_REQUEST, "the body needs the statement as \"sql\"");
        }
        return new SqlRequest(
                node.path("sql").asText(),
                node.has("format")
                        ? format(node.path("format").asText())
                        : config.query().outputFormat(),
                node.has("after")
                        ? Optional.of(WriteToken.parse(node.path("after").asText()))
                        : Optional.empty(),
                Map.of(),
                node.has("max_age_ms")
                        ? Optional.of(Duration.ofMillis(node.path("max_age_ms").asLong()))
                        : Optional.empty(),
                node.has("timeout_ms")
                        ? Duration.ofMillis(Math.max(1, node.path("timeout_ms").asLong()))
                        : config.query().timeout());
    }

    private static ResultFormat format(String text) {
        for (ResultFormat format : ResultFormat.values()) {
            if (format.label().equals(text)) {
                return format;
            }
        }
        throw problem(Kind.BAD_REQUEST, "format '" + text + "' is not one of json, ndjson, csv, arrow");
    }

    private void write(Request request, Reply reply, boolean upsert) throws IOException {
        String body = body(request);
        String type = String.valueOf(request.getHeaders().get(HttpHeader.CONTENT_TYPE));
        if (!type.toLowerCase(Locale.ROOT).startsWith("application/x-ndjson")) {
            EnqueueResult result = enqueue(object(body), upsert);
            if (result instanceof EnqueueResult.Queued queued) {
                reply.json(
                        202, JSON.createObjectNode().put("token", queued.token().toString()));
                return;
            }
            throw new SqlProblemException(problemOf(result));
        }
        StringBuilder out = new StringBuilder();
        body.lines().filter(line -> !line.isBlank()).forEach(line -> out.append(lineResult(line, upsert))
                .append('\n'));
        reply.text(200, "application/x-ndjson", out.toString());
    }

    private ObjectNode lineResult(String line, boolean upsert) {
        SqlProblem problem;
        try {
            EnqueueResult result = enqueue(object(line), upsert);
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

    private EnqueueResult enqueue(JsonNode node, boolean upsert) {
        TableName table = new TableName(node.path("table").asText());
        RowId id = new RowId(node.path("id").asText());
        Optional<OpId> opId =
                node.has("op_id") ? Optional.of(new OpId(node.path("op_id").asText())) : Optional.empty();
        if (!upsert) {
            return intents.enqueue(table, new Intent.Delete(id), opId);
        }
        if (!node.path("row").isObject()) {
            throw problem(Kind.BAD_REQUEST, "the body needs the row as a JSON object in \"row\"");
        }
        String payload = node.path("row").toString();
        IntentValidation.requireValid(id, payload, intents.keyColumn(table));
        return intents.enqueue(table, new Intent.Upsert(id, payload), opId);
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

    private static JsonNode object(String body) {
        try {
            // Numbers keep their text: a row's 1.10 must not become 1.1.
            JsonNode node = JSON.reader()
                    .with(com.fasterxml.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .with(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .with(com.fasterxml.jackson.core.JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .without(com.fasterxml.jackson.databind.cfg.JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .readTree(body);
            if (node == null || !node.isObject()) {
                throw problem(Kind.BAD_REQUEST, "the body must be a JSON object");
            }
            return node;
        } catch (JsonProcessingException e) {
            throw problem(Kind.BAD_REQUEST, "the body is not valid JSON: " + e.getOriginalMessage());
        }
    }

    private static String body(Request request) throws IOException {
        ByteBuffer bytes = Content.Source.asByteBuffer(request);
        if (bytes.remaining() > LONGEST_BODY) {
            throw problem(Kind.TOO_LARGE, "the body has more than " + LONGEST_BODY + " bytes: send it in pieces");
        }
        return StandardCharsets.UTF_8.decode(bytes).toString();
    }

    private ObjectNode tables() {
        ObjectNode out = JSON.createObjectNode();
        store.tables().stream().sorted().forEach(name -> store.manifest(name)
                .ifPresent(manifest -> out.putObject(name.value())
                        .put("version", manifest.version().value())
                        .put("rows", manifest.rows())
                        .put("files", manifest.files())
                        .put("refused", manifest.refused().size())));
        return out;
    }

    private ObjectNode table(String name) {
        Manifest manifest = TableName.ofFolder(name)
                .flatMap(store::manifest)
                .orElseThrow(() -> problem(
                        Kind.NOT_FOUND,
                        "there is no table '" + name + "'; there are: "
                                + store.tables().stream()
                                        .sorted()
                                        .map(TableName::value)
                                        .collect(Collectors.joining(", "))));
        ObjectNode out = JSON.createObjectNode()
                .put("table", name)
                .put("version", manifest.version().value())
                .put("published_at", manifest.publishedAt().toString())
                .put("key_column", manifest.keyColumn())
                .put("rows", manifest.rows())
                .put("bytes", manifest.bytes())
                .put("files", manifest.files());
        out.set("schema", SchemaCodec.encode(manifest.schema()));
        manifest.refused().forEach(file -> out.withArray("refused")
                .addObject()
                .put("file", file.file())
                .put("reason", file.reason()));
        return out;
    }

    private static SqlProblemException problem(Kind kind, String detail) {
        return new SqlProblemException(new SqlProblem(kind, detail));
    }

    /** One HTTP answer: headers go out with the first block, so that a problem before it still gets its own status. */
    private static final class Reply implements Answer {
        private final Response response;
        private java.io.@org.jspecify.annotations.Nullable OutputStream out;
        private boolean begun;
        private @org.jspecify.annotations.Nullable Clock clock;

        Reply(Response response) {
            this.response = response;
        }

        void begin(ResultFormat format, Clock now) {
            clock = now;
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, format.mediaType());
        }

        @Override
        public void header(SqlHeader header) {
            long now = clock == null ? 0 : clock.millis();
            header.tables().forEach((table, state) -> {
                response.getHeaders().add("Ghala-Version", table + "=" + state.version());
                response.getHeaders()
                        .add(
                                "Ghala-Age-Ms",
                                table + "="
                                        + Math.max(0, now - state.confirmedAt().toEpochMilli()));
            });
        }

        @Override
        public void block(byte[] bytes) {
            try {
                stream().write(bytes);
                begun = true;
            } catch (IOException e) {
                throw new UncheckedIOException("the client went away", e);
            }
        }

        private OutputStream stream() {
            if (out == null) {
                out = Content.Sink.asOutputStream(response);
            }
            return out;
        }

        @Override
        public boolean cancelled() {
            return false;
        }

        void json(int status, ObjectNode body) throws IOException {
            text(status, "application/json", body + "\n");
        }

        void text(int status, String type, String body) throws IOException {
            response.setStatus(status);
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
            stream().write(body.getBytes(StandardCharsets.UTF_8));
        }

        void finish(Callback callback) throws IOException {
            stream().close();
            callback.succeeded();
        }

        void problem(SqlProblem problem, Callback callback) {
            if (begun) {
                // Rows went out already: only a broken connection tells the client that the answer is short.
                callback.failed(new IOException(problem.detail()));
                return;
            }
            ObjectNode body = JSON.createObjectNode()
                    .put("type", "about:blank")
                    .put("title", problem.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '))
                    .put("status", problem.kind().httpStatus())
                    .put("detail", problem.detail());
            response.reset();
            response.setStatus(problem.kind().httpStatus());
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
            response.write(true, ByteBuffer.wrap((body + "\n").getBytes(StandardCharsets.UTF_8)), callback);
        }
    }
}
