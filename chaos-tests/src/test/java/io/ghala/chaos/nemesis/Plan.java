package io.ghala.chaos.nemesis;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * How much of what goes wrong, within which time.
 *
 * @param counts how often at most
 * @param limit when no further fault begins once {@code enough} of them were tried
 * @param enough share of the faults that is tried however slow the machine is, within {@link #LONGEST} times the limit
 * @param pace time between two faults, for a machine that keeps up
 */
public record Plan(Map<Fault, Integer> counts, Duration limit, double enough, Duration pace) {
    /** Nothing goes on for longer than so many times the limit. */
    static final int LONGEST = 4;

    public Plan {
        counts = Map.copyOf(counts);
    }

    /** A run for every build. */
    public static Plan brief(Duration limit) {
        Map<Fault, Integer> counts = new EnumMap<>(Fault.class);
        counts.put(Fault.KILL_WORKER, 300);
        counts.put(Fault.KILL_REFRESHER, 8);
        counts.put(Fault.KILL_QUERY, 6);
        counts.put(Fault.KILL_PARQUET, 6);
        counts.put(Fault.FAIL_POINT, 24);
        counts.put(Fault.PAUSE, 20);
        counts.put(Fault.REDIS_KILL, 4);
        counts.put(Fault.REDIS_PAUSE, 4);
        counts.put(Fault.WIPE, 3);
        counts.put(Fault.DELAY, 4);
        counts.put(Fault.CUT, 6);
        counts.put(Fault.LOSE_ANSWERS, 10);
        return new Plan(counts, limit, 0.6, Duration.ofMillis(limit.toMillis() / 500));
    }

    /** A run to rely on. */
    public static Plan full(Duration limit) {
        Map<Fault, Integer> counts = new EnumMap<>(Fault.class);
        counts.put(Fault.KILL_WORKER, 1000);
        counts.put(Fault.KILL_REFRESHER, 60);
        counts.put(Fault.KILL_QUERY, 40);
        counts.put(Fault.KILL_PARQUET, 40);
        counts.put(Fault.FAIL_POINT, 150);
        counts.put(Fault.PAUSE, 220);
        counts.put(Fault.REDIS_KILL, 24);
        counts.put(Fault.REDIS_PAUSE, 24);
        counts.put(Fault.WIPE, 12);
        counts.put(Fault.DELAY, 30);
        counts.put(Fault.CUT, 40);
        counts.put(Fault.LOSE_ANSWERS, 60);
        return new Plan(counts, limit, 1, Duration.ofMillis(400));
    }

    /**
     * All faults in the order that the seed gives, each kind spread over the whole run, so that a run that is cut short
     * has some of each.
     */
    List<Fault> schedule(Random random) {
        TreeMap<Double, Fault> all = new TreeMap<>();
        for (Fault fault : Fault.values()) {
            int count = counts.getOrDefault(fault, 0);
            for (int i = 0; i < count; i++) {
                all.put((i + random.nextDouble()) / count, fault);
            }
        }
        return List.copyOf(all.values());
    }
}
