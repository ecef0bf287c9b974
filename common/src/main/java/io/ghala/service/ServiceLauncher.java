package io.ghala.service;

import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Module;
import com.google.inject.Stage;
import io.ghala.config.ConfigLoader;
import io.ghala.config.GhalaConfig;
import io.ghala.config.InvalidConfigurationException;
import io.ghala.presence.ServiceKind;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a service from its settings to its exit code. */
public final class ServiceLauncher {
    private static final Logger log = LoggerFactory.getLogger(ServiceLauncher.class);
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
        GhalaConfig config;
        try {
            ConfigLoader loader = ConfigLoader.of(System.getenv());
            config = loader.load(defaultHttpPort);
            loader.effective().forEach(line -> log.info("setting {}", line));
        } catch (InvalidConfigurationException e) {
            System.err.println(kind + ": " + e.getMessage());
            return WRONG_USAGE;
        }
        CompletableFuture<Integer> stop = new CompletableFuture<>();
        CountDownLatch stopped = new CountDownLatch(1);
        Thread hook = new Thread(() -> awaitOrderlyStop(stop, stopped), "stop");
        Runtime.getRuntime().addShutdownHook(hook);
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
