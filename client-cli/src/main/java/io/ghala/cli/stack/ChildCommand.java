package io.ghala.cli.stack;

import io.ghala.service.Utf8Locale;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a child process is started. Its standard input is a pipe that its parent holds: when that ends, however the
 * parent ended, the child ends as well. Ctrl-C on a terminal goes to the parent alone, which ends its children in
 * order.
 *
 * @param arguments the program and its arguments
 * @param names names for its environment, beside those of the parent
 * @param log where its output goes; empty where the parent reads it
 * @param watchesInput whether the program itself ends when its standard input does
 */
record ChildCommand(List<String> arguments, Map<String, String> names, Optional<Path> log, boolean watchesInput) {
    /** Leaves the signals of the terminal to the parent. */
    private static final String WATCHING = "trap '' INT HUP; exec \"$@\"";

    /**
     * For a program that knows nothing of its input: ends it when the input ends, and ends with it. In a session of its
     * own where the system can make one, since it may take the terminal's signals whatever it inherits.
     */
    private static final String WATCHED = """
            trap '' INT HUP
            exec 3<&0 </dev/null
            session=
            if command -v setsid >/dev/null 2>&1; then session=setsid; fi
            $session "$@" 3<&- &
            child=$!
            { cat <&3 >/dev/null; kill "$child" 2>/dev/null; } &
            watcher=$!
            wait "$child"
            code=$?
            kill "$watcher" 2>/dev/null
            exit "$code"
            """;

    ChildCommand {
        arguments = List.copyOf(arguments);
        names = Map.copyOf(names);
    }

    Process start() throws IOException {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", watchesInput ? WATCHING : WATCHED, "ghala"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(Utf8Locale.forChild());
        builder.environment().putAll(names);
        log.ifPresent(file -> builder.redirectOutput(ProcessBuilder.Redirect.appendTo(file.toFile())));
        return builder.start();
    }
}
