package io.ghala.chaos.sabotage;

import io.ghala.chaos.wire.Tamper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Broken: the flip takes whoever comes for the holder of the lease. It is shown another key with the token that it asks
 * for. The version that it builds on is made to fit too: as long as the base is read before the folder, that check
 * alone stops who has lost the lease.
 */
public final class UnfencedFlip implements Tamper {
    private static final Pattern VERSION = Pattern.compile("\"version\":([0-9]+)");
    /** Where the base version is among the arguments. */
    private static final int BASE = 1;

    private final Commands commands;

    public UnfencedFlip(Commands commands) {
        this.commands = commands;
    }

    @Override
    public List<String> command(List<String> command, Upstream upstream) throws IOException {
        if (!commands.flips(command)) {
            return command;
        }
        int arguments = Commands.firstArgument(command);
        String decoy = commands.key("decoy");
        upstream.call(List.of("SET", decoy, command.get(arguments)));
        List<String> shown = new ArrayList<>(command);
        shown.replaceAll(word -> word.equals(commands.key("lease:refresher")) ? decoy : word);
        String manifest = String.valueOf(
                upstream.call(List.of("GET", commands.key("manifest"))).text());
        Matcher version = VERSION.matcher(manifest);
        shown.set(arguments + BASE, version.find() ? version.group(1) : "0");
        return shown;
    }
}
