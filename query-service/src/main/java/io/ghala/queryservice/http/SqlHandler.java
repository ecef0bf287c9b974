package io.ghala.queryservice.http;

import io.ghala.model.Excerpt;
import io.ghala.query.SqlProblem;
import io.ghala.query.SqlProblem.Kind;
import io.ghala.query.SqlProblemException;
import io.ghala.queryservice.answer.FailedRequest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.MDC;

/**
 * Takes a request to {@code /sql}, {@code /upsert}, {@code /delete}, {@code /writes/NAME}, {@code /requests/ID},
 * {@code /tables}, {@code /tables/NAME} or {@code /tables/NAME/refresh} to its route.
 */
public final class SqlHandler extends Handler.Abstract {
    private static final String ONE_TABLE = "/tables/";
    private static final String REFRESH = "/refresh";
    private static final String WRITES = "/writes/";
    private static final String REQUESTS = "/requests/";
    private static final KnownNames OF_WRITES = KnownNames.of("token", "op_id");

    private final RequireToken token;
    private final SqlRoute sql;
    private final WriteRoute writes;
    private final WriteStateRoute states;
    private final TablesRoute tables;
    private final RefreshRoute refresh;
    private final RequestsRoute requests;
    private final RequestRecords records;
    private final AnswerPlaces places;
    private final Clock clock;

    @Inject
    SqlHandler(
            RequireToken token,
            SqlRoute sql,
            WriteRoute writes,
            WriteStateRoute states,
            TablesRoute tables,
            RefreshRoute refresh,
            RequestsRoute requests,
            RequestRecords records,
            AnswerPlaces places,
            Clock clock) {
        this.token = token;
        this.sql = sql;
        this.writes = writes;
        this.states = states;
        this.tables = tables;
        this.refresh = refresh;
        this.requests = requests;
        this.records = records;
        this.places = places;
        this.clock = clock;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = Request.getPathInContext(request);
        HttpReply reply = new HttpReply(request, response, callback, clock, records, places);
        try (MDC.MDCCloseable ignored = reply.named()) {
            token.require(request);
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
        } catch (RuntimeException e) {
            reply.problem(FailedRequest.problem(e));
        }
        return true;
    }

    private static boolean isRead(String path) {
        return path.equals("/tables")
                || (path.startsWith(ONE_TABLE) && !isRefresh(path))
                || path.startsWith(WRITES)
                || path.startsWith(REQUESTS);
    }

    private static boolean isRefresh(String path) {
        return path.startsWith(ONE_TABLE)
                && path.endsWith(REFRESH)
                && path.length() > ONE_TABLE.length() + REFRESH.length();
    }

    private static boolean known(String path) {
        return isRead(path)
                || isRefresh(path)
                || switch (path) {
                    case "/sql", "/upsert", "/delete" -> true;
                    default -> false;
                };
    }

    private void route(String path, Request request, HttpReply reply) {
        if (known(path)) {
            (path.startsWith(WRITES) ? OF_WRITES : KnownNames.NONE).requireParameters(request);
        }
        switch (path) {
            case "/sql" -> sql.handle(request, reply);
            case "/upsert" -> writes.upsert(request, reply);
            case "/delete" -> writes.delete(request, reply);
            case "/tables", ONE_TABLE -> reply.json(200, tables.all());
            default -> {
                if (path.startsWith(WRITES)) {
                    reply.json(200, states.state(path.substring(WRITES.length()), request));
                } else if (path.startsWith(REQUESTS)) {
                    reply.json(200, requests.state(path.substring(REQUESTS.length())));
                } else if (isRefresh(path)) {
                    refresh.handle(
                            path.substring(ONE_TABLE.length(), path.length() - REFRESH.length()), request, reply);
                } else if (path.startsWith(ONE_TABLE)) {
                    reply.json(200, tables.one(path.substring(ONE_TABLE.length())));
                } else {
                    throw new SqlProblemException(
                            new SqlProblem(
                                    Kind.NOT_FOUND,
                                    "there is no " + Excerpt.of(path)
                                            + ": use /sql, /upsert, /delete, /writes/NAME, /requests/ID, /tables, /tables/NAME or /tables/NAME/refresh"));
                }
            }
        }
    }
}
