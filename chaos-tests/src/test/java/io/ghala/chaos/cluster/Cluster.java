package io.ghala.chaos.cluster;

import io.ghala.chaos.wire.RedisProxy;
import io.ghala.testing.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/**
 * A redis-server that keeps an append-only file, a shared folder and the service processes over them. Logs stay in
 * {@code target/chaos/NAME}; everything else is removed when it is closed.
 */
public final class Cluster implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Path scratch;
    private final Path root;
    private final Path logs;
    private final RedisServer redis;
    private final List<Slot> slots = new CopyOnWriteArrayList<>();
    private final Map<String, String> environment = new TreeMap<>();
    private volatile boolean supervised;

    /** {@code settings} are lines of a settings file, inside {@code ghala { }}. */
    public Cluster(String name, String settings) throws IOException {
        this(name, settings, Optional.empty());
    }

    /** {@code root} is an empty folder for DB_ROOT, for example on a disk of its own. */
    public Cluster(String name, String settings, Path root) throws IOException {
        this(name, settings, Optional.of(root));
    }

    private Cluster(String name, String settings, Optional<Path> givenRoot) throws IOException {
        this.logs = Path.of("target", "chaos", name);
        Folders.remove(logs);
        Files.createDirectories(logs);
        this.scratch = Files.createTempDirectory("ghala-chaos-");
        this.root = givenRoot.isPresent() ? givenRoot.get() : Files.createDirectory(scratch.resolve("db"));
        // "always", so that what Redis answered is in the file when it is killed.
        this.redis = RedisServer.start("--appendonly", "yes", "--appendfsync", "always");
        Path conf = Files.writeString(scratch.resolve("ghala.conf"), "ghala {\n" + settings + "\n}\n");
        // A test that is broken off leaves no process behind.
        Runtime.getRuntime().addShutdownHook(new Thread(this::killAll, "kill"));
        environment.put("GHALA_CONFIG", conf.toString());
        environment.put("DB_ROOT", root.toString());
        environment.put("HTTP_PORT", "0");
        environment.put("SCAN_INTERVAL_SEC", "0.2");
    }

    public RedisServer redis() {
        return redis;
    }

    /** DB_ROOT. */
    public Path root() {
        return root;
    }

    /** A folder for the test's own files, outside DB_ROOT. */
    public Path scratch() {
        return scratch;
    }

    public Path logs() {
        return logs;
    }

    /** A place for a process of {@code kind}, with nothing running in it yet. */
    public Slot slot(ServiceKind kind, String... jvmOptions) throws IOException {
        int number = (int) slots.stream().filter(slot -> slot.kind() == kind).count() + 1;
        Slot slot =
                new Slot(kind, number, new RedisProxy(redis.port()), logs, scratch, environment, List.of(jvmOptions));
        slots.add(slot);
        return slot;
    }

    /** Tells that somebody starts ended processes again. */
    public void supervised() {
        supervised = true;
    }

    /** Starts one of {@code kind} in a place of its own. */
    public Slot start(ServiceKind kind) throws IOException {
        Slot slot = slot(kind);
        slot.start();
        return slot;
    }

    public List<Slot> slots() {
        return slots;
    }

    public List<Slot> slots(ServiceKind kind) {
        return slots.stream().filter(slot -> slot.kind() == kind).toList();
    }

    /** Waits until all processes are at work. */
    public void awaitWorking() {
        slots.forEach(this::awaitWorking);
    }

    private void awaitWorking(Slot slot) {
        await(slot.name() + " is at work, see " + logs, slot::isWorking);
    }

    /** Waits until {@code condition} holds, in vain if a process ended by itself that nobody starts again. */
    public void await(String what, Condition condition) {
        Awaitility.await(what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .pollDelay(Duration.ZERO)
                .ignoreExceptions()
                .until(() -> hasLost() || condition.holds());
        if (hasLost()) {
            throw new IllegalStateException("a process ended by itself while waiting until " + what + ", see " + logs);
        }
    }

    private boolean hasLost() {
        return !supervised
                && slots.stream().anyMatch(slot -> slot.endedByItself().isPresent());
    }

    /** Something that may come to hold. */
    public interface Condition {
        boolean holds() throws Exception;
    }

    private void killAll() {
        slots.forEach(Slot::destroy);
        ProcessHandle.of(redis.pid()).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        for (Slot slot : slots) {
            slot.close();
        }
        redis.close();
        Folders.remove(scratch);
    }
}
