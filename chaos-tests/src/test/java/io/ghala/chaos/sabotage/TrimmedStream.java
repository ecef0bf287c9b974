package io.ghala.chaos.sabotage;

import io.ghala.chaos.wire.Resp;
import io.ghala.chaos.wire.Tamper;
import java.io.IOException;
import java.util.List;

/** Broken: the stream is kept short, whether or not its entries were applied. */
public final class TrimmedStream implements Tamper {
    private final Commands commands;

    public TrimmedStream(Commands commands) {
        this.commands = commands;
    }

    @Override
    public Resp answer(List<String> command, Resp answer, Upstream upstream) throws IOException {
        if (commands.enqueues(command)) {
            upstream.call(List.of("XTRIM", commands.key("intents"), "MAXLEN", "1"));
        }
        return answer;
    }
}
