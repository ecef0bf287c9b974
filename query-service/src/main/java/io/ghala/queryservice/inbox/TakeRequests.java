package io.ghala.queryservice.inbox;

import io.ghala.config.GhalaConfig.QuerySettings;
import io.ghala.presence.ServiceIdentity;
import io.ghala.query.SqlHeader;
import io.ghala.query.SqlInbox;
import io.ghala.query.SqlInbox.Exchange;
import io.ghala.query.SqlProblem;
import io.ghala.queryservice.answer.AnswerQuery;
import io.ghala.queryservice.answer.FailedRequest;
import io.ghala.queryservice.run.Answer;
import io.ghala.queryservice.run.RunningStatements;
import io.ghala.work.Closers;
import io.ghala.work.Signal;
import io.ghala.work.Work;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes requests from Redis as there are free places, and answers each on a thread of its own. */
public final class TakeRequests implements Work {
    private static final Logger log = LoggerFactory.getLogger(TakeRequests.class);
    private static final Duration WAIT = Duration.ofMillis(500);
    private static final Duration ABANDONED = Duration.ofSeconds(15);

    private final SqlInbox inbox;
    private final AnswerQuery answers;
    private final RunningStatements statements;
    private final ServiceIdentity identity;
    private final Semaphore places;
    private final ExecutorService threads;
    private final Signal wakeUp = new Signal();

    @Inject
    TakeRequests(
            SqlInbox inbox,
            AnswerQuery answers,
            RunningStatements statements,
            ServiceIdentity identity,
            QuerySettings settings,
            Closers closers) {
        this.statements = statements;
        this.inbox = inbox;
        this.answers = answers;
        this.identity = identity;
        this.places = new Semaphore(settings.concurrency());
        this.threads = Executors.newFixedThreadPool(settings.concurrency());
        closers.register("answers", threads::shutdown);
    }

    @Override
    public String name() {
        return "inbox";
    }

    @Override
    public Duration pause() {
        return Duration.ofMillis(10);
    }

    @Override
    public Signal wakeUp() {
        return wakeUp;
    }

    @Override
    public Next runOnce() {
        inbox.renew();
        if (statements.leaving()) {
            return Next.AFTER_PAUSE;
        }
        int free = places.availablePermits();
        if (free == 0) {
            return Next.AFTER_PAUSE;
        }
        inbox.answerAbandoned(identity.instance(), ABANDONED);
        for (Exchange exchange : inbox.take(identity.instance(), free, WAIT)) {
            places.acquireUninterruptibly();
            long arrived = System.nanoTime();
            threads.execute(() -> answer(exchange, arrived));
        }
        return Next.AT_ONCE;
    }

    private void answer(Exchange exchange, long arrived) {
        ToExchange answer = new ToExchange(exchange);
        try (exchange) {
            try {
                answer.end(answers.answer(exchange.request(), arrived, answer));
            } catch (CancellationException e) {
                log.info("answer cancelled reason=\"{}\"", e.getMessage());
            } catch (RuntimeException e) {
                answer.problem(FailedRequest.problem(e));
            }
        } catch (RuntimeException e) {
            log.warn("answer not sent problem=\"{}\"", e.getMessage());
        } finally {
            places.release();
            wakeUp.raise();
        }
    }

    private static final class ToExchange implements Answer {
        private final Exchange exchange;
        private final AtomicBoolean ended = new AtomicBoolean();

        ToExchange(Exchange exchange) {
            this.exchange = exchange;
        }

        void end(long rows) {
            if (ended.compareAndSet(false, true)) {
                exchange.end(rows);
            }
        }

        @Override
        public void problem(SqlProblem problem) {
            if (ended.compareAndSet(false, true)) {
                exchange.problem(problem);
            }
        }

        @Override
        public void header(SqlHeader header) {
            exchange.header(header);
        }

        @Override
        public void block(byte[] bytes) {
            exchange.block(bytes);
        }

        @Override
        public boolean cancelled() {
            return exchange.cancelled();
        }
    }
}
