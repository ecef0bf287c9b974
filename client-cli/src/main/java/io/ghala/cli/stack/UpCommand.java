package io.ghala.cli.stack;

import io.ghala.cli.session.CommandFailedException;
import io.ghala.cli.session.RunningStack;
import io.ghala.config.ConfigLoader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
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
        Path root = RunningStack.root(environment);
        try (OrderlyStop stop = OrderlyStop.begin();
                ServedFolder served = ServedFolder.take(root);
                Stack stack = Stack.start(environment, root.resolve(".ghala"), line -> System.err.println(line))) {
            Optional<String> http = stack.awaitReady(READY_SECONDS, stop);
            if (http.isPresent()) {
                served.publish(stack.redisUrl());
                System.err.println("ghala is ready: tables of "
                        + root.toAbsolutePath().normalize() + ", HTTP at " + http.get()
                        + "; other commands find it where DB_ROOT is the same");
                stack.watch(stop);
            } else if (!stop.isAsked()) {
                throw new CommandFailedException(
                        "not everything is ready after " + READY_SECONDS + " s: see the lines above");
            }
            return 0;
        }
    }
}
