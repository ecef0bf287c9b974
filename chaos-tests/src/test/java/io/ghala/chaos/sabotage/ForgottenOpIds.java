package io.ghala.chaos.sabotage;

import io.ghala.chaos.wire.Tamper;
import java.util.List;

/** Broken: no write carries its op id, so that none is recognised when it is tried again. */
public final class ForgottenOpIds implements Tamper {
    private final Commands commands;
    private final String opId;

    public ForgottenOpIds(Commands commands, String opId) {
        this.commands = commands;
        this.opId = opId;
    }

    @Override
    public List<String> command(List<String> command, Upstream upstream) {
        return commands.enqueues(command)
                ? command.stream().map(word -> word.equals(opId) ? "" : word).toList()
                : command;
    }
}
