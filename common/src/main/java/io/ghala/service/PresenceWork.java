package io.ghala.service;

import io.ghala.presence.PresenceBoard;
import io.ghala.presence.PresenceBoard.Presence;
import io.ghala.presence.ServiceIdentity;
import io.ghala.work.Signal;
import io.ghala.work.Work;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;

/** Shows this process on the presence board again and again. */
final class PresenceWork implements Work {
    private static final Duration PAUSE = Duration.ofSeconds(2);
    /** While there are problems: whoever waits for a service that starts sees at once that it is ready. */
    private static final Duration PAUSE_WITH_PROBLEMS = Duration.ofMillis(200);

    private static final Duration TIME_TO_LIVE = Duration.ofSeconds(8);

    private final PresenceBoard board;
    private final ServiceIdentity identity;
    private final ServiceHealth health;
    private final OperationsServer http;
    private final Signal wakeUp = new Signal();
    private volatile Map<String, String> problems = Map.of();

    @Inject
    PresenceWork(PresenceBoard board, ServiceIdentity identity, ServiceHealth health, OperationsServer http) {
        this.board = board;
        this.identity = identity;
        this.health = health;
        this.http = http;
    }

    @Override
    public String name() {
        return "presence";
    }

    @Override
    public Duration pause() {
        return problems.isEmpty() ? PAUSE : PAUSE_WITH_PROBLEMS;
    }

    @Override
    public Signal wakeUp() {
        return wakeUp;
    }

    @Override
    public Next runOnce() {
        problems = health.problems();
        board.show(new Presence(identity, http.address(), problems), TIME_TO_LIVE);
        return Next.AFTER_PAUSE;
    }
}
