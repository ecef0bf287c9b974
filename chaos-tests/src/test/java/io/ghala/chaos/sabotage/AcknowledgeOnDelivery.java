package io.ghala.chaos.sabotage;

import io.ghala.chaos.wire.Resp;
import io.ghala.chaos.wire.Tamper;
import java.io.IOException;
import java.util.List;

/** Broken: entries are acknowledged when a worker gets them, before anything of them is in the folder. */
public final class AcknowledgeOnDelivery implements Tamper {
    private final Commands commands;

    public AcknowledgeOnDelivery(Commands commands) {
        this.commands = commands;
    }

    @Override
    public Resp answer(List<String> command, Resp answer, Upstream upstream) throws IOException {
        if (commands.delivers(command, answer)) {
            // A map from stream to entries, or in the older protocol a list of such pairs.
            Resp entries = answer.type() == '%'
                    ? answer.items().get(1)
                    : answer.items().get(0).items().get(1);
            for (Resp entry : entries.items()) {
                String id = String.valueOf(entry.items().get(0).text());
                upstream.call(List.of("XACK", commands.key("intents"), "workers", id));
                upstream.call(List.of("XDEL", commands.key("intents"), id));
            }
        }
        return answer;
    }
}
