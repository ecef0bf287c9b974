package io.ghala.chaos.sabotage;

import io.ghala.chaos.wire.Resp;
import java.util.List;
import java.util.Locale;

/** Recognises commands of one table by the keys that they name, whatever the text of their scripts. */
public final class Commands {
    private final String table;

    public Commands(String table) {
        this.table = table;
    }

    /** A key of the table. */
    public String key(String name) {
        return "ghala:{" + table + "}:" + name;
    }

    /** A script that puts a write into the stream. */
    public boolean enqueues(List<String> command) {
        return isScript(command)
                && keys(command).contains(key("intents"))
                && keys(command).contains(key("ops"));
    }

    /** A script that swaps the manifest. */
    public boolean flips(List<String> command) {
        return isScript(command)
                && keys(command).contains(key("manifest"))
                && keys(command).contains(key("staging"));
    }

    /** The script that reads up to where writes are settled. */
    public boolean settles(List<String> command) {
        return isScript(command)
                && keys(command).contains(key("epoch"))
                && keys(command).contains(key("intents"))
                && !keys(command).contains(key("ops"));
    }

    /** Whether an answer hands entries of the stream to a worker. */
    public boolean delivers(List<String> command, Resp answer) {
        return isNamed(command, "XREADGROUP")
                && command.contains(key("intents"))
                && !answer.items().isEmpty();
    }

    static boolean isScript(List<String> command) {
        return isNamed(command, "EVAL") || isNamed(command, "EVALSHA");
    }

    private static boolean isNamed(List<String> command, String name) {
        return command.get(0).toUpperCase(Locale.ROOT).equals(name);
    }

    static List<String> keys(List<String> script) {
        return script.subList(3, firstArgument(script));
    }

    static int firstArgument(List<String> script) {
        return 3 + Integer.parseInt(script.get(2));
    }
}
