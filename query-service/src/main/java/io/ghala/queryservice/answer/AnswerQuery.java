package io.ghala.queryservice.answer;

import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Timer;
import io.ghala.config.GhalaConfig.QuerySettings;
import io.ghala.model.TableName;
import io.ghala.query.SqlProblem;
import io.ghala.query.SqlProblem.Kind;
import io.ghala.query.SqlProblemException;
import io.ghala.query.SqlRequest;
import io.ghala.query.StatementHash;
import io.ghala.queryservice.gate.BindParameters;
import io.ghala.queryservice.gate.SqlGate;
import io.ghala.queryservice.run.Answer;
import io.ghala.queryservice.run.PoisonStatements;
import io.ghala.queryservice.run.RunStatement;
import io.ghala.queryservice.run.RunningStatements;
import io.ghala.queryservice.store.TableStore;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers one request: through the gate, wait until the tables are as new as was asked for, run, send. */
public final class AnswerQuery {
    private static final Logger log = LoggerFactory.getLogger(AnswerQuery.class);

    private final BindParameters parameters;
    private final SqlGate gate;
    private final TableStore store;
    private final AwaitTables await;
    private final RunStatement run;
    private final RunningStatements statements;
    private final PoisonStatements poison;
    private final QuerySettings settings;
    private final MetricRegistry metrics;

    @Inject
    AnswerQuery(
            BindParameters parameters,
            SqlGate gate,
            TableStore store,
            AwaitTables await,
            RunStatement run,
            RunningStatements statements,
            PoisonStatements poison,
            QuerySettings settings,
            MetricRegistry metrics) {
        this.parameters = parameters;
        this.gate = gate;
        this.store = store;
        this.await = await;
        this.run = run;
        this.statements = statements;
        this.poison = poison;
        this.settings = settings;
        this.metrics = metrics;
    }

    /**
     * Answers; returns the number of rows.
     *
     * @param arrived when the request came, as of {@link System#nanoTime()}: waiting for a place costs its time too
     * @throws SqlProblemException saying why not
     * @throws CancellationException when nobody waits for the answer any more
     */
    public long answer(SqlRequest request, long arrived, Answer answer) {
        String status = "ok";
        long rows = 0;
        try (Timer.Context ignored = metrics.timer("ghala.query.answers").time()) {
            Duration timeout =
                    request.timeout().compareTo(settings.timeoutMax()) > 0 ? settings.timeoutMax() : request.timeout();
            long deadline = arrived + timeout.toNanos();
            if (statements.leaving()) {
                throw new SqlProblemException(new SqlProblem(
                        Kind.NOT_READY,
                        "this query-service restarts, because of a statement that does not stop: ask again"));
            }
            SqlRequest bound = request.bound(parameters.bind(request.sql(), request.parameters()));
            poison.requireHarmless(bound.sql());
            Set<TableName> tables = gate.check(bound.sql(), store.tables());
            await.until(bound, tables, arrived, deadline, answer);
            rows = run.run(bound, tables, deadline, answer);
            return rows;
        } catch (SqlProblemException e) {
            status = e.problem().kind().name();
            metrics.meter("ghala.query.problems." + status).mark();
            throw e;
        } catch (CancellationException e) {
            status = "cancelled";
            metrics.meter("ghala.query.cancelled").mark();
            throw e;
        } finally {
            log.info(
                    "answered statement={} status={} rows={} ms={}",
                    StatementHash.of(request.sql()),
                    status,
                    rows,
                    (System.nanoTime() - arrived) / 1_000_000);
        }
    }
}
