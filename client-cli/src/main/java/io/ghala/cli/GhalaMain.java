package io.ghala.cli;

import io.ghala.cli.ask.SqlCommand;
import io.ghala.cli.session.OpeningSession;
import io.ghala.cli.session.Session;
import io.ghala.config.InvalidConfigurationException;
import io.ghala.model.InvalidValueException;
import io.ghala.query.SqlProblem.Kind;
import io.ghala.query.SqlProblemException;
import io.ghala.service.Utf8Locale;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. Exit codes: 0 fine, 1 failed, 2 wrong usage. */
@Command(
        name = "ghala",
        mixinStandardHelpOptions = true,
        scope = CommandLine.ScopeType.INHERIT,
        version = "ghala 0.1.0",
        description = "A folder of files as a live SQL table. Settings come from environment names; see README.md.")
public final class GhalaMain {
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    private GhalaMain() {}

    public static void main(String[] args) {
        System.exit(run(args));
    }

    /** Arguments and names of files as they were given, or not at all; what is printed is UTF-8. */
    private static Optional<String> problem(String... args) {
        List<String> given = new ArrayList<>(List.of(args));
        given.add(System.getenv().getOrDefault("DB_ROOT", ""));
        return Utf8Locale.problem(given);
    }

    private static void printUtf8() {
        if (!Charset.defaultCharset().equals(StandardCharsets.UTF_8)) {
            System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
        }
    }

    static int run(String... args) {
        printUtf8();
        Optional<String> problem = problem(args);
        if (problem.isPresent()) {
            System.err.println("ghala: " + problem.get());
            return WRONG_USAGE;
        }
        CommandLine line = new CommandLine(new GhalaMain(), new CommandFactory(args));
        for (Class<?> command : Commands.calledBy(args)) {
            line.addSubcommand(command);
        }
        line.setExecutionExceptionHandler(new Failures());
        if (args.length == 0) {
            line.usage(System.err);
            return WRONG_USAGE;
        }
        return line.execute(args);
    }

    /** Makes commands; {@code sql} gets a session that is opened from now on. */
    private static final class CommandFactory implements CommandLine.IFactory {
        private final Supplier<Session> sessions;

        CommandFactory(String... args) {
            boolean asks = args.length > 0 && args[0].equals("sql");
            this.sessions = asks ? OpeningSession.begin(System.getenv()) : () -> Session.open(System.getenv());
        }

        @Override
        public <K> K create(Class<K> type) throws Exception {
            return type.equals(SqlCommand.class)
                    ? type.cast(new SqlCommand(System.getenv(), sessions))
                    : CommandLine.defaultFactory().create(type);
        }
    }

    /** Says what went wrong. A class, since a lambda that names picocli's would keep those out of the class archive. */
    private static final class Failures implements CommandLine.IExecutionExceptionHandler {
        @Override
        public int handleExecutionException(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
            System.err.println("ghala: " + (e.getMessage() == null ? e.toString() : e.getMessage()));
            boolean usage = e instanceof InvalidValueException
                    || e instanceof InvalidConfigurationException
                    || (e instanceof SqlProblemException sql && sql.problem().kind() == Kind.BAD_REQUEST);
            return usage ? WRONG_USAGE : FAILED;
        }
    }
}
