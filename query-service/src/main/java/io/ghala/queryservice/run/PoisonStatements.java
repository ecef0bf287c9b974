package io.ghala.queryservice.run;

import io.ghala.presence.ServiceIdentity;
import io.ghala.query.SqlProblem;
import io.ghala.query.SqlProblem.Kind;
import io.ghala.query.SqlProblemException;
import io.ghala.query.StatementHash;
import io.ghala.query.StatementLosses;
import io.ghala.work.Closers;
import io.ghala.work.Signal;
import io.ghala.work.Work;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * Tells the others which statements run here for long, so that a death of this process is put down to them, and learns
 * from them which statements took two processes and are refused. Short statements cost nothing.
 */
public final class PoisonStatements implements Work {
    private static final Duration LONG = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final RunningStatements statements;
    private final StatementLosses losses;
    private final ServiceIdentity identity;
    private final Signal wakeUp = new Signal();
    private final Set<StatementHash> told = new HashSet<>();
    private volatile Set<StatementHash> refused = Set.of();

    @Inject
    PoisonStatements(RunningStatements statements, StatementLosses losses, ServiceIdentity identity, Closers closers) {
        this.statements = statements;
        this.losses = losses;
        this.identity = identity;
        closers.register("record of running statements", this::forgetAll);
    }

    /**
     * Lets everything pass but statements that took two processes.
     *
     * @throws SqlProblemException FORBIDDEN
     */
    public void requireHarmless(String sql) {
        if (!refused.isEmpty() && refused.contains(StatementHash.of(sql))) {
            throw new SqlProblemException(
                    new SqlProblem(
                            Kind.FORBIDDEN,
                            "this statement took two query-services within ten minutes and is refused for a while: ask for less"));
        }
    }

    @Override
    public String name() {
        return "losses";
    }

    @Override
    public Duration pause() {
        return PAUSE;
    }

    @Override
    public Signal wakeUp() {
        return wakeUp;
    }

    @Override
    public Next runOnce() {
        Set<StatementHash> running = statements.runningLongerThan(LONG);
        losses.running(identity.instance(), running);
        told.addAll(running);
        Set<StatementHash> over = new HashSet<>(told);
        over.removeAll(running);
        over.removeAll(statements.deafOnes());
        losses.ended(identity.instance(), over);
        told.removeAll(over);
        refused = losses.refused();
        return Next.AFTER_PAUSE;
    }

    /** After the loop has stopped: this process ends in order, so no statement took it but those that did not stop. */
    private void forgetAll() {
        told.removeAll(statements.deafOnes());
        losses.ended(identity.instance(), told);
    }
}
