package io.ghala.cli.stack;

import io.ghala.cli.session.CommandFailedException;
import io.ghala.cli.session.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what Ghala does on a scratch copy of the sample tables, and checks every step. */
@Command(name = "demo", description = "Run the whole of it on a copy of the sample tables and check every step.")
public final class DemoCommand implements Callable<Integer> {
    private static final long READY_SECONDS = 120;

    @Option(
            names = "--samples",
            defaultValue = "shared_db",
            description = "The folder to copy (default ${DEFAULT-VALUE}).")
    private Path samples = Path.of("shared_db");

    @Override
    public Integer call() throws Exception {
        if (!Files.isDirectory(samples)) {
            throw new CommandFailedException(
                    "the sample tables " + samples + " are not there: run ./ghala from its own folder");
        }
        int wrong;
        try (OrderlyStop stop = OrderlyStop.begin()) {
            Path scratch = Files.createTempDirectory("ghala-demo-");
            try {
                wrong = run(scratch, stop);
            } finally {
                delete(scratch);
            }
        }
        System.out.println(wrong == 0 ? "demo: every step was right" : "demo: " + wrong + " steps were wrong");
        return wrong == 0 ? 0 : 1;
    }

    /** Returns how many steps were wrong. */
    private int run(Path scratch, OrderlyStop stop) throws Exception {
        copy(samples, scratch.resolve("db"));
        Map<String, String> environment = new HashMap<>();
        environment.put("DB_ROOT", scratch.resolve("db").toString());
        environment.put("SCAN_INTERVAL_SEC", "0.2");
        environment.put("HTTP_PORT", "0");
        Path log = scratch.resolve("services.log");
        DemoSteps steps = new DemoSteps(stop);
        try (Stack stack = Stack.start(environment, scratch.resolve("own"), line -> append(log, line))) {
            steps.step(
                    "start Redis and the services",
                    () -> stack.awaitReady(READY_SECONDS, stop).orElse("not ready"),
                    "http://");
            try (Session session = Session.open(stack.environment())) {
                steps.all(session, scratch.resolve("db"));
            }
        }
        if (steps.wrong() > 0) {
            System.err.println(Files.readString(log));
        }
        return steps.wrong();
    }

    private static synchronized void append(Path log, String line) {
        try {
            Files.writeString(
                    log, line + "\n", java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.APPEND);
        } catch (IOException e) {
            System.err.println(line);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path relative = from.relativize(file);
                if (!relative.startsWith(".ghala")) {
                    Files.copy(file, to.resolve(relative.toString()));
                }
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
