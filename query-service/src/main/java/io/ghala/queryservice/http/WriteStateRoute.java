package io.ghala.queryservice.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ghala.intent.IntentQueue;
import io.ghala.intent.IntentQueue.WriteState;
import io.ghala.model.OpId;
import io.ghala.model.TableName;
import io.ghala.model.WriteToken;
import io.ghala.query.SqlProblem;
import io.ghala.query.SqlProblem.Kind;
import io.ghala.query.SqlProblemException;
import jakarta.inject.Inject;
import java.util.Optional;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;

/** {@code GET /writes/NAME?token=TOKEN} or {@code ?op_id=ID}: what became of a write of the table. */
public final class WriteStateRoute {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final IntentQueue intents;

    @Inject
    WriteStateRoute(IntentQueue intents) {
        this.intents = intents;
    }

    ObjectNode state(String name, Request request) {
        Fields query = Request.extractQueryParameters(request);
        @Nullable String token = query.getValue("token");
        @Nullable String opId = query.getValue("op_id");
        if ((token == null) == (opId == null)) {
            throw new SqlProblemException(new SqlProblem(
                    Kind.BAD_REQUEST, "ask for one write: /writes/NAME?token=TOKEN, or /writes/NAME?op_id=ID"));
        }
        TableName table = new TableName(name);
        Optional<WriteToken> write = token != null
                ? Optional.of(WriteToken.parse(token))
                : intents.token(table, new OpId(String.valueOf(opId)));
        WriteState state = write.map(known -> intents.state(table, known))
                .orElseGet(() -> new WriteState.Unknown("no write with this op id is remembered"));
        ObjectNode out = JSON.createObjectNode().put("table", name).put("state", state.word());
        write.ifPresent(known -> out.put("token", known.toString()));
        if (state instanceof WriteState.Dead dead) {
            out.put("reason", dead.reason());
        } else if (state instanceof WriteState.Unknown unknown) {
            out.put("reason", unknown.reason());
        }
        return out;
    }
}
