package io.ghala.queryservice.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghala.folder.ReadAnew;
import io.ghala.folder.ReadAnew.Which;
import io.ghala.folder.ReadAnewRequests;
import io.ghala.model.Excerpt;
import io.ghala.model.TableName;
import io.ghala.query.SqlProblem;
import io.ghala.query.SqlProblem.Kind;
import io.ghala.query.SqlProblemException;
import io.ghala.snapshot.SnapshotReader;
import jakarta.inject.Inject;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.server.Request;

/**
 * {@code POST /tables/NAME/refresh}: has files read anew whose names are known. A JSON object with {@code files}, or
 * {@code all}, or neither for all whose size or time moved.
 */
public final class RefreshRoute {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final KnownNames FIELDS = KnownNames.of("files", "all");

    private final ReadAnewRequests requests;
    private final SnapshotReader snapshots;

    @Inject
    RefreshRoute(ReadAnewRequests requests, SnapshotReader snapshots) {
        this.requests = requests;
        this.snapshots = snapshots;
    }

    void handle(String name, Request request, HttpReply reply) {
        ReadAnew wish = wish(RequestBody.text(request));
        Optional<TableName> table = TableName.ofFolder(name);
        if (table.isEmpty() || !snapshots.tables().contains(table.get())) {
            throw new SqlProblemException(
                    new SqlProblem(Kind.NOT_FOUND, "there is no table '" + Excerpt.of(name) + "': see GET /tables"));
        }
        requests.ask(table.get(), wish);
        reply.json(
                202,
                JSON.createObjectNode()
                        .put("asked", wish.which().name().toLowerCase(java.util.Locale.ROOT))
                        .put("files", wish.files().size()));
    }

    private static ReadAnew wish(String body) {
        JsonNode node = body.isBlank() ? JSON.createObjectNode() : RequestBody.object(body);
        node.fieldNames().forEachRemaining(FIELDS::requireField);
        JsonNode all = node.path("all");
        JsonNode named = node.path("files");
        if (!all.isMissingNode() && !all.isBoolean()) {
            throw problem("\"all\" must be true or false");
        }
        Set<String> files = new LinkedHashSet<>();
        for (JsonNode file : named) {
            if (!file.isTextual() || file.asText().isEmpty()) {
                throw problem("\"files\" must be a list of paths inside of the table's folder");
            }
            files.add(file.asText());
        }
        if (!named.isMissingNode() && files.isEmpty()) {
            throw problem("\"files\" must be a list of paths inside of the table's folder, one at least");
        }
        return new ReadAnew(all.asBoolean() ? Which.ALL : files.isEmpty() ? Which.MOVED : Which.NAMED, files);
    }

    private static SqlProblemException problem(String detail) {
        return new SqlProblemException(new SqlProblem(Kind.BAD_REQUEST, detail));
    }
}
