package io.ghala.cli.stack;

import io.ghala.cli.session.CommandFailedException;
import io.ghala.config.ConfigLoader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;

/** Runs everything on this machine until it is stopped. */
@Command(
        name = "up",
        description = "Start the services over DB_ROOT, and a Redis where REDIS_URL is not set; stop with Ctrl-C.")
public final class UpCommand implements Callable<Integer> {
    private static final long READY_SECONDS = 120;

    @Override
    public Integer call() throws Exception {
        Map<String, String> environment = new HashMap<>(System.getenv());
        ConfigLoader.of(environment).load(0);
        Path root = Path.of(environment.getOrDefault("DB_ROOT", "./shared_db"));
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stop.countDown();
            try {
                stopped.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        try (ServedFolder ignored = ServedFolder.take(root);
                Stack stack = Stack.start(
                        environment, root.resolve(".ghala").resolve("redis"), line -> System.err.println(line))) {
            Optional<String> http = stack.awaitReady(READY_SECONDS);
            if (http.isEmpty()) {
                throw new CommandFailedException(
                        "not everything is ready after " + READY_SECONDS + " s: see the lines above");
            }
            System.err.println(
                    "ghala is ready: tables of " + root.toAbsolutePath().normalize() + ", HTTP at " + http.get()
                            + ", REDIS_URL=" + stack.environment().get("REDIS_URL"));
            stop.await();
            return 0;
        } finally {
            stopped.countDown();
        }
    }
}
