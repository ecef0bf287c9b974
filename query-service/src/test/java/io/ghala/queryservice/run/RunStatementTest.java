package io.ghala.queryservice.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.MetricRegistry;
import io.ghala.config.ConfigLoader;
import io.ghala.config.GhalaConfig.QuerySettings;
import io.ghala.model.ResultFormat;
import io.ghala.model.TableName;
import io.ghala.presence.ServiceIdentity;
import io.ghala.presence.ServiceKind;
import io.ghala.query.AwaitedWrites;
import io.ghala.query.SqlHeader;
import io.ghala.query.SqlParameters;
import io.ghala.query.SqlProblem;
import io.ghala.query.SqlProblem.Kind;
import io.ghala.query.SqlProblemException;
import io.ghala.query.SqlRequest;
import io.ghala.queryservice.store.TableStore;
import io.ghala.snapshot.EmptySnapshots;
import io.ghala.testing.memory.MemoryStatementLosses;
import io.ghala.work.Closers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunStatementTest {
    private static final TableName T = new TableName("t");

    private final BufferAllocator allocator = new RootAllocator();
    private final Closers closers = new Closers();
    private final QuerySettings settings = ConfigLoader.of(Map.of()).load(0).query();
    private final MetricRegistry metrics = new MetricRegistry();
    private final LeaveProcess leave = new LeaveProcess(
            settings,
            new MemoryStatementLosses(),
            new ServiceIdentity(ServiceKind.QUERY, "0", 1, "localhost", Instant.EPOCH),
            reason -> {
                throw new AssertionError(reason);
            });
    private final RunStatement run = new RunStatement(
            new TableStore(new EmptySnapshots(), allocator, Clock.systemUTC(), settings, metrics, closers),
            allocator,
            settings,
            new RunningStatements(settings, leave, metrics, closers));

    @AfterEach
    void everyVectorWasClosed() {
        closers.close();
        allocator.close();
    }

    @Test
    void aTableThatWentWhileTheStatementWaitedIsNotFound() {
        SqlRequest request = new SqlRequest(
                "SELECT * FROM t",
                SqlParameters.NONE,
                ResultFormat.JSON,
                AwaitedWrites.NONE,
                Map.of(),
                Optional.empty(),
                Duration.ofSeconds(10));
        long deadline = System.nanoTime() + request.timeout().toNanos();
        assertThatThrownBy(() -> run.run(request, Set.of(T), deadline, new NoAnswer()))
                .isInstanceOfSatisfying(
                        SqlProblemException.class,
                        e -> assertThat(e.problem().kind()).isEqualTo(Kind.NOT_FOUND))
                .hasMessageContaining("table t is not loaded any more");
    }

    /** Of an answer that gets no rows. */
    private static final class NoAnswer implements Answer {
        @Override
        public void header(SqlHeader header) {
            throw new AssertionError(header.toString());
        }

        @Override
        public void block(byte[] bytes) {
            throw new AssertionError("rows");
        }

        @Override
        public void problem(SqlProblem problem) {
            throw new AssertionError(problem.toString());
        }

        @Override
        public boolean cancelled() {
            return false;
        }
    }
}
