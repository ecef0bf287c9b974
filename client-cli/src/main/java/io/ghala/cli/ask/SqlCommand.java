package io.ghala.cli.ask;

import io.ghala.cli.ask.AskStatement.Wishes;
import io.ghala.cli.rows.OutputForm;
import io.ghala.cli.session.Screen;
import io.ghala.cli.session.Session;
import io.ghala.model.InvalidValueException;
import io.ghala.model.TableName;
import io.ghala.query.AwaitedWrites;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks a query-service and prints its answer. */
@Command(
        name = "sql",
        description =
                "Run a SELECT over the tables and print the rows; how many, how long and which versions go to standard error.",
        footer = {
            "",
            "  ghala sql \"SELECT count(*) FROM orders\"",
            "  ghala sql \"SELECT * FROM orders WHERE id = ? OR note = ?\" --param 7 --param \"it's late\"",
            "  ghala sql \"SELECT * FROM orders JOIN people USING (id)\" --after orders=$t1 --after people=$t2"
        })
public final class SqlCommand implements Callable<Integer> {
    private static final long CANCEL_SECONDS = 3;
    private static final int CANCELLED = 130;

    @Parameters(
            paramLabel = "STATEMENT",
            arity = "1..2",
            description = "The SELECT; a table's name may stand before it.")
    private String[] words = {};

    @Option(
            names = "--param",
            paramLabel = "[NAME=]VALUE",
            description =
                    "The value of the next ?, or of $NAME: a number, true, false, null, a list or text in quotes as in JSON, else text as it stands.")
    private List<String> parameters = List.of();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "json, ndjson, csv, arrow or table; on a terminal table, else SQL_OUTPUT_FORMAT.")
    private @Nullable String format;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write the rows to FILE, which appears when they are complete.")
    private @Nullable Path output;

    @Option(
            names = "--after",
            paramLabel = "[TABLE=]TOKEN",
            description = "Wait until the table holds the write of this token; for several tables, once for each.")
    private List<String> after = List.of();

    @Option(
            names = "--max-age",
            paramLabel = "SECONDS",
            description = "Wait until the tables were confirmed as the newest not longer ago than this.")
    private @Nullable Double maxAge;

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "Seconds for waiting and running together.")
    private @Nullable Double timeout;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print the rows alone.")
    private boolean quiet;

    private final Map<String, String> environment;
    private final Supplier<Session> sessions;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean interrupted;

    /** @param sessions opens the session that it runs in */
    public SqlCommand(Map<String, String> environment, Supplier<Session> sessions) {
        this.environment = Map.copyOf(environment);
        this.sessions = sessions;
    }

    @Override
    public Integer call() throws IOException {
        if (words.length == 2) {
            new TableName(words[0]);
        }
        Thread cancel = new Thread(this::cancel);
        Runtime.getRuntime().addShutdownHook(cancel);
        try (Session session = sessions.get()) {
            if (output == null) {
                ask(session, new FileOutputStream(FileDescriptor.out), Screen.isTerminal());
            } else {
                toFile(session, output);
            }
            return 0;
        } catch (CancellationException e) {
            System.err.println("ghala: " + e.getMessage());
            return CANCELLED;
        } finally {
            ended.countDown();
            if (!interrupted) {
                Runtime.getRuntime().removeShutdownHook(cancel);
            }
        }
    }

    /** On Ctrl-C: the process ends when this returns, so it waits until the service has been told. */
    private void cancel() {
        interrupted = true;
        try {
            boolean told = ended.await(CANCEL_SECONDS, TimeUnit.SECONDS);
            if (!told) {
                System.err.println("ghala: the query-service was not told that the answer is not wanted");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void toFile(Session session, Path file) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            try (OutputStream out = Files.newOutputStream(file)) {
                ask(session, out, false);
            }
            return;
        }
        Path temporary = Files.createTempFile(
                Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of(".")), ".ghala-", ".tmp");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary))) {
                ask(session, out, false);
            }
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private void ask(Session session, OutputStream out, boolean terminal) throws IOException {
        Wishes wishes = new Wishes(
                ParameterWords.read(parameters),
                AwaitedWrites.parse(after),
                Optional.ofNullable(maxAge).map(seconds -> duration("--max-age", seconds, 0)),
                timeout == null ? session.config().query().timeout() : duration("--timeout", timeout, 0.001));
        OutputForm form =
                OutputForm.of(format, terminal, session.config().query().outputFormat());
        String summary = new AskStatement(session, environment)
                .ask(words[words.length - 1], form, terminal ? Screen.columns() : 0, wishes, out, () -> interrupted);
        if (!quiet) {
            System.err.println(summary);
        }
    }

    private static Duration duration(String option, double seconds, double least) {
        if (!(seconds >= least && seconds <= 86_400)) {
            throw new InvalidValueException(option + " " + seconds + " is not between " + least + " and 86400 seconds");
        }
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }
}
