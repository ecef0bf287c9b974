package io.ghala.service;

import io.ghala.work.ReadinessCheck;
import io.ghala.work.WorkLoop;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a service knows of its own condition. */
public final class ServiceHealth {
    private final Set<ReadinessCheck> checks;
    private final List<WorkLoop> loops = new CopyOnWriteArrayList<>();
    private volatile boolean stopping;

    @jakarta.inject.Inject
    public ServiceHealth(Set<ReadinessCheck> checks) {
        this.checks = Set.copyOf(checks);
    }

    void watch(WorkLoop loop) {
        loops.add(loop);
    }

    void stopping() {
        stopping = true;
    }

    /** Loops whose thread has ended although nobody stopped it, by name. */
    public Map<String, String> deadLoops() {
        Map<String, String> dead = new TreeMap<>();
        for (WorkLoop loop : loops) {
            if (!loop.alive() && !stopping) {
                dead.put(loop.name(), "its thread has ended: restart the service");
            }
        }
        return dead;
    }

    /** What keeps the service from doing its job, by check name; empty when ready. */
    public Map<String, String> problems() {
        Map<String, String> problems = new TreeMap<>(deadLoops());
        loops.forEach(loop -> loop.problem().ifPresent(problem -> problems.put(loop.name(), problem)));
        checks.forEach(check -> check.problem().ifPresent(problem -> problems.put(check.name(), problem)));
        if (stopping) {
            problems.put("service", "is stopping");
        }
        return problems;
    }
}
