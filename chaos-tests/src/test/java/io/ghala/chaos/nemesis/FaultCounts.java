package io.ghala.chaos.nemesis;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** How often each fault was brought about. */
public final class FaultCounts {
    private static final Set<Fault> KILLS =
            EnumSet.of(Fault.KILL_WORKER, Fault.KILL_REFRESHER, Fault.KILL_QUERY, Fault.KILL_PARQUET);
    private static final Set<Fault> PROXY = EnumSet.of(Fault.DELAY, Fault.CUT, Fault.LOSE_ANSWERS);

    private final Map<Fault, Integer> counts = new EnumMap<>(Fault.class);

    synchronized void count(Fault fault) {
        counts.merge(fault, 1, Integer::sum);
    }

    public synchronized int of(Fault fault) {
        return counts.getOrDefault(fault, 0);
    }

    /** Services that were killed with SIGKILL. */
    public int kills() {
        return KILLS.stream().mapToInt(this::of).sum();
    }

    /** Faults on the ways to Redis. */
    public int proxyFaults() {
        return PROXY.stream().mapToInt(this::of).sum();
    }
}
