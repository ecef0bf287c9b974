package io.ghala.chaos.history;

import io.ghala.chaos.history.History.Damage;
import io.ghala.chaos.history.History.Ending;
import io.ghala.chaos.history.History.Sighting;
import io.ghala.chaos.history.History.TokenRefusal;
import io.ghala.chaos.history.History.Wipe;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Collects what clients, watchers and the fault injector report; every thread may add. */
public final class Recorder {
    private final AtomicInteger numbers = new AtomicInteger();
    private final Queue<Write> writes = new ConcurrentLinkedQueue<>();
    private final Queue<Observation> observations = new ConcurrentLinkedQueue<>();
    private final Queue<TokenRefusal> refusals = new ConcurrentLinkedQueue<>();
    private final Queue<Damage> damages = new ConcurrentLinkedQueue<>();
    private final Queue<Wipe> wipes = new ConcurrentLinkedQueue<>();
    private final Set<Sighting> sightings = ConcurrentHashMap.newKeySet();

    /** A number for a write that no other has. */
    public int nextNumber() {
        return numbers.incrementAndGet();
    }

    /** The run's clock, in nanoseconds. */
    public static long now() {
        return System.nanoTime();
    }

    public void add(Write write) {
        writes.add(write);
    }

    public void add(Observation observation) {
        observations.add(observation);
    }

    public void add(TokenRefusal refusal) {
        refusals.add(refusal);
    }

    public void add(Damage damage) {
        damages.add(damage);
    }

    public void add(Wipe wipe) {
        wipes.add(wipe);
    }

    public void add(Sighting sighting) {
        sightings.add(sighting);
    }

    public int wrote() {
        return writes.size();
    }

    public int observed() {
        return observations.size();
    }

    /** All of it, with what was there at the end. */
    public History close(Ending ending) {
        return new History(
                List.copyOf(writes),
                List.copyOf(observations),
                List.copyOf(refusals),
                List.copyOf(damages),
                List.copyOf(wipes),
                List.copyOf(sightings),
                ending);
    }
}
