package io.ghala.queryservice.run;

import com.codahale.metrics.MetricRegistry;
import io.ghala.config.GhalaConfig.QuerySettings;
import io.ghala.query.SqlProblem;
import io.ghala.query.SqlProblem.Kind;
import io.ghala.query.SqlRequest;
import io.ghala.query.StatementHash;
import io.ghala.queryservice.run.RunningStatement.Stop;
import io.ghala.work.Closers;
import io.ghala.work.ReadinessCheck;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The statements that run: each is told to stop when its time is over or nobody wants its answer, and costs the process
 * when it does not.
 */
public final class RunningStatements implements ReadinessCheck {
    private static final Logger log = LoggerFactory.getLogger(RunningStatements.class);
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration ASK = Duration.ofMillis(500);

    private final Set<RunningStatement> running = ConcurrentHashMap.newKeySet();
    private final Set<RunningStatement> deaf = ConcurrentHashMap.newKeySet();
    private final QuerySettings settings;
    private final LeaveProcess leave;
    private final MetricRegistry metrics;
    private volatile boolean leaving;

    @Inject
    RunningStatements(QuerySettings settings, LeaveProcess leave, MetricRegistry metrics, Closers closers) {
        this.settings = settings;
        this.leave = leave;
        this.metrics = metrics;
        metrics.gauge("ghala.query.running", () -> running::size);
        closers.register("time of statements", Ticker.start("statement-time", LOOK, this::lookAtTime));
        // Asking whether somebody waits may take as long as Redis does: never on the thread that looks at the time.
        closers.register("askers of statements", Ticker.start("statement-askers", ASK, this::askForWaiters));
    }

    /** Begins a statement on the calling thread; {@code deadline} as of {@link System#nanoTime()}. */
    RunningStatement begin(SqlRequest request, DuckDBConnection connection, long deadline, Answer answer) {
        RunningStatement statement = new RunningStatement(request, connection, deadline, answer, this);
        running.add(statement);
        return statement;
    }

    void ended(RunningStatement statement) {
        running.remove(statement);
    }

    void countInterrupt(boolean heard) {
        metrics.meter(heard ? "ghala.query.interrupts" : "ghala.query.interrupts.unheard")
                .mark();
    }

    /** Statements that have been running for longer than {@code time} and did as they were told. */
    public Set<StatementHash> runningLongerThan(Duration time) {
        return running.stream()
                .filter(statement -> statement.runsLongerThan(time) && !deaf.contains(statement))
                .map(RunningStatement::hash)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Statements that did not stop. */
    public Set<StatementHash> deafOnes() {
        return deaf.stream().map(RunningStatement::hash).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether the process is about to end, so that nothing new may begin. */
    public boolean leaving() {
        return leaving;
    }

    @Override
    public String name() {
        return "statements";
    }

    @Override
    public Optional<String> problem() {
        return leaving ? Optional.of("a statement does not stop: the service restarts") : Optional.empty();
    }

    private void lookAtTime() {
        long now = System.nanoTime();
        for (RunningStatement statement : running) {
            Optional<Stop> told = statement.told();
            if (told.isPresent() || now - statement.deadline() >= 0) {
                statement.stop(told.orElse(Stop.LATE));
            }
            if (statement.deaf(settings.stuckAfter()) && deaf.add(statement)) {
                giveUp(statement);
            }
        }
    }

    private void askForWaiters() {
        for (RunningStatement statement : running) {
            try {
                if (statement.told().isEmpty() && statement.cancelled()) {
                    statement.stop(Stop.UNWANTED);
                }
            } catch (RuntimeException e) {
                log.debug("nobody can say whether an answer is wanted", e);
            }
        }
    }

    private void giveUp(RunningStatement statement) {
        leaving = true;
        metrics.counter("ghala.query.stuck").inc();
        log.error(
                "statement does not stop statement={} told=\"{}\" waited_ms={} next=\"the service restarts\"",
                statement.hash(),
                statement.told().map(Stop::name).orElse(""),
                settings.stuckAfter().toMillis());
        statement.problem(new SqlProblem(
                Kind.TIMEOUT,
                "the statement ran longer than " + statement.request().timeout().toMillis()
                        + " ms and could not be stopped, so the query-service restarts: ask for less"));
        leave.because(statement.hash(), this::othersRun, this::stopOthers);
    }

    private boolean othersRun() {
        return running.stream().anyMatch(statement -> !deaf.contains(statement));
    }

    private void stopOthers() {
        running.stream().filter(statement -> !deaf.contains(statement)).forEach(statement -> {
            statement.stop(Stop.DRAINED);
            statement.problem(interrupted());
        });
    }

    static SqlProblem interrupted() {
        return new SqlProblem(
                Kind.INTERRUPTED, "the query-service restarts, because of a statement that does not stop: ask again");
    }
}
