package io.ghala.cli;

import io.ghala.config.InvalidConfigurationException;
import io.ghala.model.InvalidValueException;
import io.ghala.query.SqlProblem.Kind;
import io.ghala.query.SqlProblemException;
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

    static int run(String... args) {
        CommandLine line = new CommandLine(new GhalaMain());
        Commands.calledBy(args).forEach(line::addSubcommand);
        line.setExecutionExceptionHandler((e, command, parsed) -> failed(e));
        if (args.length == 0) {
            line.usage(System.err);
            return WRONG_USAGE;
        }
        return line.execute(args);
    }

    private static int failed(Exception e) {
        System.err.println("ghala: " + (e.getMessage() == null ? e.toString() : e.getMessage()));
        boolean usage = e instanceof InvalidValueException
                || e instanceof InvalidConfigurationException
                || (e instanceof SqlProblemException sql && sql.problem().kind() == Kind.BAD_REQUEST);
        return usage ? WRONG_USAGE : FAILED;
    }
}
