package io.ghala.cli.ask;

import io.ghala.cli.ask.AskStatement.Wishes;
import io.ghala.cli.look.StateCommands;
import io.ghala.cli.rows.OutputForm;
import io.ghala.cli.session.CommandFailedException;
import io.ghala.cli.session.PrivateFiles;
import io.ghala.cli.session.Screen;
import io.ghala.cli.session.Session;
import io.ghala.cli.session.StateFolder;
import io.ghala.model.InvalidValueException;
import io.ghala.query.AwaitedWrites;
import io.ghala.query.SqlParameters;
import io.ghala.query.SqlProblemException;
import io.ghala.redis.wire.RedisRefusedException;
import io.ghala.redis.wire.RedisUnavailableException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Statements one after the other, by a person or from a pipe. */
@Command(
        name = "shell",
        description =
                "Run statements as they are typed or piped in; each ends with a semicolon. .help lists the commands.")
public final class ShellCommand implements Callable<Integer> {
    private static final String HELP = """
            Statements end with a semicolon and may take several lines; Ctrl-C stops the one that runs.
            .tables          list the tables
            .schema TABLE    list the columns of a table
            .format FORMAT   print rows as %s
            .help            this text
            .quit            leave, as does Ctrl-D
            """.formatted(OutputForm.names());

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "json, ndjson, csv, arrow or table; on a terminal table, else SQL_OUTPUT_FORMAT.")
    private @Nullable String format;

    private final OutputStream out = new FileOutputStream(FileDescriptor.out);
    private OutputForm form = OutputForm.TABLE;
    private boolean failed;

    @Override
    public Integer call() throws IOException {
        try (Session session = Session.open(System.getenv())) {
            form = OutputForm.of(
                    format, Screen.isTerminal(), session.config().query().outputFormat());
            if (!Screen.isTyped() || !Screen.isTerminal()) {
                try (ShellInput input = new PipedInput(System.in)) {
                    run(session, input, Screen::columns);
                }
            } else {
                Optional<java.nio.file.Path> history =
                        StateFolder.of(System.getenv()).map(folder -> folder.resolve("history"));
                if (history.isPresent()) {
                    // Statements may hold what others should not read.
                    PrivateFiles.createFolderOf(history.get());
                }
                try (TerminalInput input = TerminalInput.open(history)) {
                    run(session, input, input::columns);
                    return 0;
                }
            }
            return failed ? 1 : 0;
        }
    }

    private void run(Session session, ShellInput input, IntSupplier columns) throws IOException {
        AskStatement asker = new AskStatement(session, System.getenv());
        for (Optional<String> text = input.next(); text.isPresent(); text = input.next()) {
            if (text.get().startsWith(".")) {
                String[] words = text.get().strip().split("\\s+", 2);
                if (words[0].equals(".quit")) {
                    return;
                }
                tell(() -> command(session, words[0], words.length > 1 ? words[1] : ""));
                continue;
            }
            String rest = text.get();
            while (!rest.isBlank()) {
                int end = StatementText.end(rest);
                String statement = end < 0 ? rest : rest.substring(0, end);
                rest = end < 0 ? "" : rest.substring(end);
                tell(() -> System.err.println(asker.ask(
                        statement,
                        form,
                        columns.getAsInt(),
                        new Wishes(
                                SqlParameters.NONE,
                                AwaitedWrites.NONE,
                                Optional.empty(),
                                session.config().query().timeout()),
                        out,
                        input.beginStatement())));
            }
        }
    }

    private void command(Session session, String name, String argument) {
        switch (name) {
            case ".tables" -> StateCommands.printTables(session);
            case ".schema" -> StateCommands.printSchema(session, argument);
            case ".format" -> form = OutputForm.of(argument, false, form.asked());
            case ".help" -> System.out.print(HELP);
            default -> throw new InvalidValueException("there is no command " + name + ": .help lists them");
        }
    }

    /** Does something and says what went wrong with it; the shell goes on. */
    private void tell(Action action) throws IOException {
        try {
            action.run();
        } catch (InvalidValueException
                | SqlProblemException
                | CommandFailedException
                | CancellationException
                | RedisUnavailableException
                | RedisRefusedException e) {
            failed = true;
            System.err.println("ghala: " + e.getMessage());
        }
    }

    /** Something that the shell does. */
    private interface Action {
        void run() throws IOException;
    }
}
