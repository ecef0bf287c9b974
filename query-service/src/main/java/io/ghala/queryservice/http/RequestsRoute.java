package io.ghala.queryservice.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ghala.query.SqlProblem;
import io.ghala.query.SqlProblem.Kind;
import io.ghala.query.SqlProblemException;
import io.ghala.queryservice.http.RequestRecords.RequestRecord;
import io.ghala.web.RequestId;
import jakarta.inject.Inject;
import java.time.Duration;

/** {@code GET /requests/ID}: what became of a request that this query-service got. */
public final class RequestsRoute {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RequestRecords records;

    @Inject
    RequestsRoute(RequestRecords records) {
        this.records = records;
    }

    ObjectNode state(String id) {
        RequestRecord record = records.find(new RequestId(id))
                .orElseThrow(() -> new SqlProblemException(new SqlProblem(
                        Kind.NOT_FOUND,
                        "nothing is known of request '" + id
                                + "': only the latest are remembered, by the query-service that got them")));
        ObjectNode out = JSON.createObjectNode()
                .put("request", id)
                .put("what", record.what())
                .put("state", record.state().word());
        if (record.status() > 0) {
            out.put("status", record.status());
        }
        record.reason().ifPresent(reason -> out.put("reason", reason));
        out.put("began_at", record.began().toString());
        record.ended()
                .ifPresent(ended ->
                        out.put("ms", Duration.between(record.began(), ended).toMillis()));
        return out;
    }
}
