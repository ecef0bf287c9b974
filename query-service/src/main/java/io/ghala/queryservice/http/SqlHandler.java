package io.ghala.queryservice.http;

import io.ghala.config.GhalaConfig.HttpSettings;
import io.ghala.model.Excerpt;
import io.ghala.model.InvalidValueException;
import io.ghala.query.SqlProblem;
import io.ghala.query.SqlProblem.Kind;
import io.ghala.query.SqlProblemException;
import io.ghala.redis.wire.RedisRefusedException;
import io.ghala.redis.wire.RedisUnavailableException;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a request to {@code /sql}, {@code /upsert}, {@code /delete}, {@code /writes/NAME}, {@code /tables} or {@code /tables/NAME} to its route. */
public final class SqlHandler extends Handler.Abstract {
    private static final Logger log = LoggerFactory.getLogger(SqlHandler.class);
    private static final String ONE_TABLE = "/tables/";
    private static final String WRITES = "/writes/";

    private final HttpSettings settings;
    private final SqlRoute sql;
    private final WriteRoute writes;
    private final WriteStateRoute states;
    private final TablesRoute tables;
    private final Clock clock;

    @Inject
    SqlHandler(
            HttpSettings settings,
            SqlRoute sql,
            WriteRoute writes,
            WriteStateRoute states,
            TablesRoute tables,
            Clock clock) {
        this.settings = settings;
        this.sql = sql;
        this.writes = writes;
        this.states = states;
        this.tables = tables;
        this.clock = clock;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = Request.getPathInContext(request);
        HttpReply reply = new HttpReply(request, response, callback, clock);
        try {
            requireToken(request);
            String method = isRead(path) ? "GET" : "POST";
            if (!request.getMethod().equals(method) && known(path)) {
                reply.problem(
                        405,
                        "method not allowed",
                        "use " + method + " here, not " + Excerpt.of(request.getMethod()),
                        Map.of(HttpHeader.ALLOW, method));
            } else {
                route(path, request, reply);
            }
        } catch (SqlProblemException e) {
            reply.problem(e.problem());
        } catch (InvalidValueException e) {
            reply.problem(new SqlProblem(Kind.BAD_REQUEST, String.valueOf(e.getMessage())));
        } catch (RedisUnavailableException | RedisRefusedException e) {
            reply.problem(new SqlProblem(Kind.NOT_READY, String.valueOf(e.getMessage())));
        } catch (IOException e) {
            log.info("request not read reason=\"{}\"", e.getMessage());
            reply.abandon(e);
        } catch (RuntimeException e) {
            log.error("request failed path={} problem=\"{}\"", path, e.getMessage(), e);
            reply.problem(new SqlProblem(Kind.INTERNAL, String.valueOf(e.getMessage())));
        }
        return true;
    }

    private static boolean isRead(String path) {
        return path.equals("/tables") || path.startsWith(ONE_TABLE) || path.startsWith(WRITES);
    }

    private static boolean known(String path) {
        return isRead(path)
                || switch (path) {
                    case "/sql", "/upsert", "/delete" -> true;
                    default -> false;
                };
    }

    private void route(String path, Request request, HttpReply reply) throws IOException {
        switch (path) {
            case "/sql" -> sql.handle(request, reply);
            case "/upsert" -> writes.upsert(request, reply);
            case "/delete" -> writes.delete(request, reply);
            case "/tables", ONE_TABLE -> reply.json(200, tables.all());
            default -> {
                if (path.startsWith(WRITES)) {
                    reply.json(200, states.state(path.substring(WRITES.length()), request));
                } else if (path.startsWith(ONE_TABLE)) {
                    reply.json(200, tables.one(path.substring(ONE_TABLE.length())));
                } else {
                    throw new SqlProblemException(new SqlProblem(
                            Kind.NOT_FOUND,
                            "there is no " + Excerpt.of(path)
                                    + ": use /sql, /upsert, /delete, /writes/NAME, /tables or /tables/NAME"));
                }
            }
        }
    }

    private void requireToken(Request request) {
        if (settings.token().isEmpty()) {
            return;
        }
        String given = String.valueOf(request.getHeaders().get(HttpHeader.AUTHORIZATION));
        String expected = "Bearer " + settings.token().get();
        if (!MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8))) {
            throw new SqlProblemException(new SqlProblem(
                    Kind.FORBIDDEN, "the request carries no valid token: send Authorization: Bearer with HTTP_TOKEN"));
        }
    }
}
