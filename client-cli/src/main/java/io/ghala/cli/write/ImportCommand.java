package io.ghala.cli.write;

import io.ghala.cli.session.CommandFailedException;
import io.ghala.cli.session.Session;
import io.ghala.intent.IntentQueue;
import io.ghala.intent.IntentValidation;
import io.ghala.intent.TypeChangeException;
import io.ghala.intent.WriteRules;
import io.ghala.intent.WriteRules.TypeChange;
import io.ghala.model.InvalidValueException;
import io.ghala.model.OpId;
import io.ghala.model.TableName;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Queues the rows of a file as upserts. */
@Command(
        name = "import",
        description =
                "Queue each row of FILE as an upsert of TABLE. Invalid rows are reported with their line and left out"
                        + " (exit code 1); with --check nothing is queued when one is invalid.")
public final class ImportCommand implements Callable<Integer> {
    private static final int MOST_COMPLAINTS = 20;
    private static final Duration TERMINAL_EVERY = Duration.ofMillis(500);
    private static final Duration LOG_EVERY = Duration.ofSeconds(5);

    @Parameters(index = "0", paramLabel = "TABLE")
    private String table = "";

    @Parameters(
            index = "1",
            paramLabel = "FILE",
            description =
                    "A file of any form that a table's folder may hold, or - for lines of JSON on standard input.")
    private String file = "";

    @Option(names = "--check", description = "Read the whole file first and queue nothing when a row is invalid.")
    private boolean check;

    @Option(
            names = "--repeatable",
            description =
                    "Give each row an op id made of the file's content and the line, so that importing the same file again within"
                            + " a day queues nothing twice.")
    private boolean repeatable;

    @Option(names = "--allow-type-change", description = "Let rows make a column another kind of type, such as text.")
    private boolean allowTypeChange;

    @Option(
            names = "--patience",
            defaultValue = "300",
            description = "Seconds to wait at most while the table takes no more writes (default ${DEFAULT-VALUE}).")
    private int patienceSeconds;

    @Override
    public Integer call() throws IOException, InterruptedException {
        boolean input = file.equals("-");
        if (input && (check || repeatable)) {
            throw new InvalidValueException(
                    "--check and --repeatable read the file twice, which standard input does not allow");
        }
        try (Session session = Session.open(System.getenv())) {
            TableName name = new TableName(table);
            WriteRules rules = session.intents().rules(name);
            if (check && countInvalid(name, rules) > 0) {
                throw new CommandFailedException("nothing was queued");
            }
            return run(session.intents(), name);
        }
    }

    private int run(IntentQueue queue, TableName name) throws IOException, InterruptedException {
        Complaints report = new Complaints();
        Importer importer = new Importer(
                queue,
                name,
                change(),
                opIds(),
                report,
                pause -> TimeUnit.NANOSECONDS.sleep(pause.toNanos()),
                Duration.ofSeconds(patienceSeconds));
        Thread interrupted = new Thread(() -> System.err.println("\nghala: stopped: " + importer.progress()));
        Runtime.getRuntime().addShutdownHook(interrupted);
        try {
            read(name, importer);
            importer.flush();
        } finally {
            Runtime.getRuntime().removeShutdownHook(interrupted);
        }
        report.end();
        System.err.println(importer.progress());
        importer.last().ifPresent(System.out::println);
        return importer.invalid() == 0 ? 0 : 1;
    }

    private long countInvalid(TableName name, WriteRules rules) throws IOException, InterruptedException {
        Complaints report = new Complaints();
        long[] invalid = new long[1];
        read(name, new ImportRows.Sink() {
            @Override
            public void row(long line, String payload) {
                try {
                    rules.require(IntentValidation.idOf(payload, rules.keyColumn()), payload, change());
                } catch (InvalidValueException | TypeChangeException e) {
                    invalid(line, String.valueOf(e.getMessage()));
                }
            }

            @Override
            public void invalid(long line, String reason) {
                invalid[0]++;
                report.invalid(line, reason);
            }
        });
        report.end();
        return invalid[0];
    }

    private TypeChange change() {
        return allowTypeChange ? TypeChange.ALLOW : TypeChange.REFUSE;
    }

    private InputStream open() throws IOException {
        return file.equals("-") ? System.in : new BufferedInputStream(Files.newInputStream(Path.of(file)), 1 << 16);
    }

    /** JSON is taken as it comes, each row by itself; everything else as the folder would take it, all or nothing. */
    private void read(TableName name, ImportRows.Sink sink) throws IOException, InterruptedException {
        Optional<ImportRows.Form> json = json();
        if (json.isEmpty()) {
            ReadAsFolder.read(name, Path.of(file), sink);
            return;
        }
        try (InputStream in = open()) {
            ImportRows.read(in, json.get(), sink);
        } catch (NoSuchFileException e) {
            throw new CommandFailedException(file + ": there is no such file");
        }
    }

    private Optional<ImportRows.Form> json() {
        String lower = file.toLowerCase(Locale.ROOT);
        if (lower.equals("-") || lower.endsWith(".ndjson") || lower.endsWith(".jsonl")) {
            return Optional.of(ImportRows.Form.LINES);
        }
        return lower.endsWith(".json") ? Optional.of(ImportRows.Form.JSON) : Optional.empty();
    }

    private LongFunction<Optional<OpId>> opIds() throws IOException {
        if (!repeatable) {
            return line -> Optional.empty();
        }
        String hash = hash();
        return line -> Optional.of(new OpId("import-" + hash + "-" + line));
    }

    private String hash() throws IOException {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(open(), sha)) {
                in.transferTo(java.io.OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(sha.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * On standard error: the first complaints whole, then their number; progress in place on a terminal, else from time
     * to time.
     */
    private static final class Complaints implements Importer.Report {
        private final boolean terminal = errorsGoToATerminal();
        private long complaints;
        private @Nullable Long shownAt;

        /** As far as Linux tells; elsewhere progress is a line from time to time. */
        private static boolean errorsGoToATerminal() {
            try {
                String device =
                        Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
                return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty");
            } catch (IOException e) {
                return false;
            }
        }

        @Override
        public void invalid(long line, String reason) {
            complaints++;
            if (complaints <= MOST_COMPLAINTS) {
                System.err.println("line " + line + ": " + reason);
            }
        }

        @Override
        public void progress(long queued) {
            long now = System.nanoTime();
            Duration every = terminal ? TERMINAL_EVERY : LOG_EVERY;
            if (shownAt == null) {
                shownAt = now;
            } else if (now - shownAt >= every.toNanos()) {
                shownAt = now;
                System.err.print((terminal ? "\r" : "") + queued + " rows queued" + (terminal ? "" : "\n"));
            }
        }

        void end() {
            if (complaints > MOST_COMPLAINTS) {
                System.err.println("… and " + (complaints - MOST_COMPLAINTS) + " more invalid rows");
            }
        }
    }
}
