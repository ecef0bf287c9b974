package io.ghala.chaos.nemesis;

import io.ghala.chaos.cluster.Cluster;
import io.ghala.chaos.cluster.Slot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Starts every process again that has ended, as whatever runs the services does. */
public final class Supervisor implements AutoCloseable {
    private static final long PAUSE_MS = 100;

    private final List<Slot> slots;
    private final Map<Slot, String> failPoints = new ConcurrentHashMap<>();
    private final Map<String, Integer> exits = new ConcurrentHashMap<>();
    private final AtomicInteger failPointsHit = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "supervisor");
    private volatile @Nullable RuntimeException failure;

    public Supervisor(Cluster cluster) {
        this.slots = List.copyOf(cluster.slots());
        cluster.supervised();
        thread.setDaemon(true);
        thread.start();
    }

    /** The next process in this place ends at a named step. */
    void armNext(Slot slot, String failPoint) {
        failPoints.put(slot, failPoint);
    }

    private void run() {
        try {
            while (!over.await(PAUSE_MS, TimeUnit.MILLISECONDS)) {
                for (Slot slot : slots) {
                    revive(slot);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            failure = new UncheckedIOException(e);
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private void revive(Slot slot) throws IOException {
        if (slot.isAlive()) {
            return;
        }
        Optional<Integer> exit = slot.endedByItself();
        if (exit.isPresent() && Slot.isFailPoint(exit.get())) {
            failPointsHit.incrementAndGet();
        } else {
            exit.ifPresent(code -> exits.merge(slot.kind() + " ended with exit code " + code, 1, Integer::sum));
        }
        String failPoint = failPoints.remove(slot);
        slot.start(failPoint == null ? Map.of() : Map.of("GHALA_FAIL_POINTS", failPoint));
    }

    /** Processes that ended at their fail point. */
    public int failPointsHit() {
        return failPointsHit.get();
    }

    /** Processes that ended although nobody killed them, by kind and exit code. */
    public Map<String, Integer> exits() {
        return new TreeMap<>(exits);
    }

    @Override
    public void close() throws InterruptedException {
        over.countDown();
        thread.join(TimeUnit.SECONDS.toMillis(30));
        if (failure != null) {
            throw failure;
        }
    }
}
