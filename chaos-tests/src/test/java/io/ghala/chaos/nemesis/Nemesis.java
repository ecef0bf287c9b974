package io.ghala.chaos.nemesis;

import io.ghala.chaos.cluster.Cluster;
import io.ghala.chaos.cluster.ServiceKind;
import io.ghala.chaos.cluster.Signals;
import io.ghala.chaos.cluster.Slot;
import io.ghala.chaos.history.History.Wipe;
import io.ghala.chaos.history.Recorder;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Brings about the faults of a plan in the order that its seed gives. What lasts a while ends by itself while the next
 * faults come; it touches only processes of the cluster.
 */
public final class Nemesis implements AutoCloseable {
    private static final List<String> STEPS = List.of(
            "worker.after-read",
            "worker.before-temp-write",
            "worker.after-temp-write",
            "worker.after-fsync",
            "worker.after-rename",
            "worker.after-folder-sync",
            "worker.before-acknowledge",
            "worker.after-acknowledge",
            "worker.after-bury",
            "cleaner.after-barrier",
            "cleaner.after-workers",
            "cleaner.after-remove",
            "cleaner.after-merge",
            "cleaner.after-log",
            "cleaner.after-published");
    /** A victim is killed at work, not while its JVM starts; on a slow machine it is waited for so long. */
    private static final Duration VICTIM_PATIENCE = Duration.ofSeconds(4);

    /** So long a process that is to end at a step is spared, so that it gets there. */
    private static final Duration STEP_PATIENCE = Duration.ofSeconds(10);

    private final Cluster cluster;
    private final Supervisor supervisor;
    private final Recorder recorder;
    private final Plan plan;
    private final Random random;
    private final FaultCounts counts = new FaultCounts();
    private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
    private final List<Future<?>> endings = new ArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);

    public Nemesis(Cluster cluster, Supervisor supervisor, Recorder recorder, Plan plan, Random random) {
        this.cluster = cluster;
        this.supervisor = supervisor;
        this.recorder = recorder;
        this.plan = plan;
        this.random = random;
    }

    /** Carries out the plan, and ends every fault that lasts. */
    public FaultCounts run() throws Exception {
        long began = System.nanoTime();
        List<Fault> schedule = plan.schedule(random);
        for (int i = 0; i < schedule.size() && mayGoOn((double) i / schedule.size(), began); i++) {
            if (bringAbout(schedule.get(i))) {
                counts.count(schedule.get(i));
            }
            pause(random.nextLong(2 * plan.pace().toMillis() + 1));
        }
        heal();
        return counts;
    }

    private boolean mayGoOn(double done, long beganNanos) {
        long soFar = System.nanoTime() - beganNanos;
        return soFar < plan.limit().toNanos()
                || (done < plan.enough() && soFar < Plan.LONGEST * plan.limit().toNanos());
    }

    private boolean bringAbout(Fault fault) throws Exception {
        return switch (fault) {
            case KILL_WORKER -> kill(ServiceKind.WORKER);
            case KILL_REFRESHER -> kill(ServiceKind.REFRESHER);
            case KILL_QUERY -> kill(ServiceKind.QUERY);
            case KILL_PARQUET -> kill(ServiceKind.PARQUET);
            case FAIL_POINT -> failPoint();
            case PAUSE -> pauseService();
            case REDIS_KILL -> killRedis();
            case REDIS_PAUSE -> pauseRedis();
            case WIPE -> wipe();
            case DELAY -> onAnyWay(slot -> slot.proxy().delay(Duration.ofMillis(20 + random.nextInt(300))));
            case CUT -> onAnyWay(slot -> slot.proxy().cut());
            case LOSE_ANSWERS -> onAnyWay(slot -> slot.proxy().loseAnswers());
        };
    }

    private boolean kill(ServiceKind kind) throws IOException, InterruptedException {
        Optional<Slot> victim = victim(kind);
        if (victim.isPresent()) {
            victim.get().kill();
        }
        return victim.isPresent();
    }

    /** A process that is at work; the seed says with which to begin looking. */
    private Optional<Slot> victim(ServiceKind kind) throws IOException, InterruptedException {
        List<Slot> slots = cluster.slots(kind);
        int first = random.nextInt(slots.size());
        long end = System.nanoTime() + VICTIM_PATIENCE.toNanos();
        do {
            for (int i = 0; i < slots.size(); i++) {
                Slot slot = slots.get((first + i) % slots.size());
                boolean onItsWay = slot.isArmed() && slot.ageMs() < STEP_PATIENCE.toMillis();
                if (slot.isWorking() && !onItsWay) {
                    return Optional.of(slot);
                }
            }
            pause(20);
        } while (System.nanoTime() < end);
        return Optional.empty();
    }

    private boolean failPoint() throws IOException, InterruptedException {
        String step = STEPS.get(random.nextInt(STEPS.size())) + "=halt@" + (1 + random.nextInt(2));
        Optional<Slot> victim = victim(ServiceKind.WORKER);
        if (victim.isPresent()) {
            supervisor.armNext(victim.get(), step);
            victim.get().kill();
        }
        return victim.isPresent();
    }

    /**
     * Some pauses are longer than leases and claims, so that the process wakes up as one whose work another has taken
     * over.
     */
    private boolean pauseService() throws IOException, InterruptedException {
        List<Slot> all = cluster.slots();
        Slot slot = all.get(random.nextInt(all.size()));
        slot.pause();
        after(200 + random.nextInt(4_000), slot::resume);
        return true;
    }

    private boolean killRedis() throws IOException, InterruptedException {
        cluster.redis().kill();
        pause(random.nextInt(800));
        cluster.redis().restart();
        return true;
    }

    private boolean pauseRedis() throws IOException, InterruptedException {
        Signals.pause(cluster.redis().pid());
        pause(200 + random.nextInt(2_500));
        Signals.resume(cluster.redis().pid());
        return true;
    }

    private boolean wipe() {
        long began = Recorder.now();
        try {
            cluster.redis().client().flushAll();
            return true;
        } catch (JedisException e) {
            return false;
        } finally {
            recorder.add(new Wipe(began, Recorder.now()));
        }
    }

    private interface OnSlot {
        void apply(Slot slot);
    }

    private boolean onAnyWay(OnSlot fault) {
        List<Slot> all = cluster.slots();
        Slot slot = all.get(random.nextInt(all.size()));
        fault.apply(slot);
        after(200 + random.nextInt(1_500), slot.proxy()::heal);
        return true;
    }

    private interface Ending {
        void end() throws IOException, InterruptedException;
    }

    private void after(long millis, Ending ending) {
        endings.add(later.schedule(
                () -> {
                    ending.end();
                    return true;
                },
                millis,
                TimeUnit.MILLISECONDS));
    }

    private void pause(long millis) throws InterruptedException {
        if (over.await(millis, TimeUnit.MILLISECONDS)) {
            throw new InterruptedException("the run was ended");
        }
    }

    private void heal() throws IOException, InterruptedException, ExecutionException {
        for (Future<?> ending : endings) {
            ending.get();
        }
        for (Slot slot : cluster.slots()) {
            slot.resume();
            slot.proxy().heal();
        }
    }

    @Override
    public void close() {
        over.countDown();
        later.shutdownNow();
    }
}
