package io.ghala.worker.apply;

import io.ghala.intent.IntentQueue;
import io.ghala.model.Epoch;
import io.ghala.model.ResultFormat;
import io.ghala.model.RowId;
import io.ghala.model.SqlName;
import io.ghala.model.StreamId;
import io.ghala.model.TableName;
import io.ghala.model.WriteToken;
import io.ghala.query.AwaitedWrites;
import io.ghala.query.SqlClient;
import io.ghala.query.SqlHeader;
import io.ghala.query.SqlParameters;
import io.ghala.query.SqlProblemException;
import io.ghala.query.SqlRequest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Asks a query-service. Ids are compared as text and, to be on the safe side, as numbers: a row that may be the same is
 * taken to be there.
 */
public final class PublishedRows implements PlainRows {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final SqlClient sql;
    private final IntentQueue queue;

    @Inject
    PublishedRows(SqlClient sql, IntentQueue queue) {
        this.sql = sql;
        this.queue = queue;
    }

    @Override
    public boolean hold(TableName table, RowId id, Epoch epoch, StreamId through) throws NotKnownException {
        String key = SqlName.quoted(queue.rules(table).keyColumn().name());
        String text = SqlName.literal(id.text());
        String statement = "SELECT 1 FROM " + SqlName.quoted(table.value()) + " WHERE CAST(" + key + " AS VARCHAR) = "
                + text + " OR TRY_CAST(" + key + " AS DOUBLE) = TRY_CAST(" + text + " AS DOUBLE) LIMIT 1";
        SqlRequest request = new SqlRequest(
                statement,
                SqlParameters.NONE,
                ResultFormat.JSON,
                AwaitedWrites.of(new WriteToken(epoch, through)),
                Map.of(),
                Optional.empty(),
                TIMEOUT);
        try {
            return sql.ask(request, new NoSink()) > 0;
        } catch (SqlProblemException e) {
            throw new NotKnownException(
                    "no query-service tells whether row '" + id + "' is in people's files: " + e.getMessage(), e);
        }
    }

    /** Only the number of rows matters. */
    private static final class NoSink implements SqlClient.Sink {
        @Override
        public void header(SqlHeader header) {
            // nothing to learn from it
        }

        @Override
        public void block(byte[] bytes) {
            // the row itself does not matter
        }
    }
}
