package io.ghala.service;

import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Module;
import com.google.inject.Stage;
import io.ghala.config.ConfigLoader;
import io.ghala.config.GhalaConfig;
import io.ghala.config.InvalidConfigurationException;
import io.ghala.presence.ServiceKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a service from its settings to its exit code. */
public final class ServiceLauncher {
    /** Environment name that says with what the service ends, beside signals. */
    public static final String ENDS_WITH = "GHALA_ENDS_WITH";
    /** With its standard input, which the process that started it holds. */
    public static final String INPUT = "input";

    /** Environment name of the level from which settings that nobody set are logged at the start. */
    public static final String LOG_DEFAULTS = "GHALA_LOG_DEFAULTS";

    private static final Logger log = LoggerFactory.getLogger(ServiceLauncher.class);
    private static final Logger defaults = LoggerFactory.getLogger("io.ghala.settings.defaults");
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;
    private static final long HOOK_LIMIT_SECONDS = 60;

    private ServiceLauncher() {}

    /**
     * Runs the service until SIGTERM, SIGINT or a {@link FatalStop}.
     *
     * @param defaultHttpPort where it listens unless HTTP_PORT says otherwise; 0 for any free port
     * @return the exit code: 0 stopped in order, 1 failed, 2 wrong settings or arguments
     */
    public static int run(ServiceKind kind, int defaultHttpPort, String[] args, Function<GhalaConfig, Module> module) {
        if (args.length > 0) {
            System.err.println(
                    kind + " takes no arguments. It is set up by environment names such as DB_ROOT, REDIS_URL and"
                            + " TABLE, or by a file named by GHALA_CONFIG; README.md lists them.");
            return args[0].equals("--help") ? 0 : WRONG_USAGE;
        }
        if (!Utf8Locale.isSet()) {
            return runAgain(kind);
        }
        GhalaConfig config;
        try {
            ConfigLoader loader = ConfigLoader.of(System.getenv());
            config = loader.load(defaultHttpPort);
            loader.chosen().forEach(line -> log.info("setting {}", line));
            loader.defaults().forEach(line -> defaults.info("setting {}", line));
        } catch (InvalidConfigurationException e) {
            System.err.println(kind + ": " + e.getMessage());
            return WRONG_USAGE;
        }
        CompletableFuture<Integer> stop = new CompletableFuture<>();
        CountDownLatch stopped = new CountDownLatch(1);
        Thread hook = new Thread(() -> awaitOrderlyStop(stop, stopped), "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        if (INPUT.equals(System.getenv(ENDS_WITH))) {
            endWithInput(stop);
        }
        try {
            return Guice.createInjector(Stage.PRODUCTION, new ServiceModule(kind, config, stop), module.apply(config))
                    .getInstance(RunningService.class)
                    .runUntil(stop);
        } catch (CreationException | ServiceStartException e) {
            log.error("service cannot start service={} problem=\"{}\"", kind, e.getMessage(), e);
            return FAILED;
        } finally {
            stopped.countDown();
        }
    }

    private static int runAgain(ServiceKind kind) {
        try {
            return Utf8Locale.runAgain();
        } catch (IOException e) {
            System.err.println(kind + ": " + e.getMessage());
            return WRONG_USAGE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    /** Ends the service when whoever started it is gone or wants it to end, and the process if that takes too long. */
    private static void endWithInput(CompletableFuture<Integer> stop) {
        Thread watch = new Thread(
                () -> {
                    try (InputStream input = System.in) {
                        input.transferTo(OutputStream.nullOutputStream());
                    } catch (IOException e) {
                        log.info("input ended reason=\"{}\"", String.valueOf(e.getMessage()));
                    }
                    stop.complete(0);
                    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(HOOK_LIMIT_SECONDS);
                    for (long left = deadline - System.nanoTime(); left > 0; left = deadline - System.nanoTime()) {
                        LockSupport.parkNanos(left);
                    }
                    Runtime.getRuntime().halt(FAILED);
                },
                "input");
        watch.setDaemon(true);
        watch.start();
    }

    /** Runs in the shutdown hook: the process ends when the hook returns, so it waits for the service to close. */
    private static void awaitOrderlyStop(CompletableFuture<Integer> stop, CountDownLatch stopped) {
        stop.complete(0);
        try {
            if (!stopped.await(HOOK_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                log.warn("service did not stop in time waited_ms={}", HOOK_LIMIT_SECONDS * 1000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
