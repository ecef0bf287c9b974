package io.ghala.cli;

import io.ghala.cli.ask.RehearseCommand;
import io.ghala.cli.ask.ShellCommand;
import io.ghala.cli.ask.SqlCommand;
import io.ghala.cli.look.StateCommands;
import io.ghala.cli.look.VerifyCommand;
import io.ghala.cli.stack.DemoCommand;
import io.ghala.cli.stack.UpCommand;
import io.ghala.cli.write.CompactCommand;
import io.ghala.cli.write.DeadCommands;
import io.ghala.cli.write.ImportCommand;
import io.ghala.cli.write.RefreshCommand;
import io.ghala.cli.write.WriteCommand;
import io.ghala.cli.write.WriteStateCommand;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The commands by the words that call them, in the order of the help. */
final class Commands {
    private static final Map<String, Class<?>> BY_WORD = byWord();

    private Commands() {}

    private static Map<String, Class<?>> byWord() {
        Map<String, Class<?>> words = new LinkedHashMap<>();
        words.put("up", UpCommand.class);
        words.put("demo", DemoCommand.class);
        words.put("enqueue_upsert", WriteCommand.Upsert.class);
        words.put("upsert", WriteCommand.Upsert.class);
        words.put("enqueue_delete", WriteCommand.Delete.class);
        words.put("delete", WriteCommand.Delete.class);
        words.put("import", ImportCommand.class);
        words.put("dead", DeadCommands.class);
        words.put("state", WriteStateCommand.class);
        words.put("op-state", WriteStateCommand.class);
        words.put("refresh", RefreshCommand.class);
        words.put("compact", CompactCommand.class);
        words.put("sql", SqlCommand.class);
        words.put("shell", ShellCommand.class);
        words.put("rehearse", RehearseCommand.class);
        words.put("tables", StateCommands.Tables.class);
        words.put("schema", StateCommands.Schema.class);
        words.put("status", StateCommands.Status.class);
        words.put("errors", StateCommands.Errors.class);
        words.put("verify", VerifyCommand.class);
        return words;
    }

    /**
     * The commands that {@code args} may call. Reading what every command takes would be most of the time of a short
     * one: so it is the one that is named first, and all of them for the help, and for the advice to who names none.
     */
    static List<Class<?>> calledBy(String... args) {
        @Nullable Class<?> named = args.length == 0 ? null : BY_WORD.get(args[0]);
        return named == null ? BY_WORD.values().stream().distinct().toList() : List.of(named);
    }

    static Set<String> words() {
        return BY_WORD.keySet();
    }
}
