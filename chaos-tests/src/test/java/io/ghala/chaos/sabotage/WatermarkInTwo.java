package io.ghala.chaos.sabotage;

import io.ghala.chaos.wire.Resp;
import io.ghala.chaos.wire.Tamper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Broken: what is pending is read by one command and what was delivered by another one later. {@code between} sees the
 * first answer and may hold it.
 */
public final class WatermarkInTwo implements Tamper {
    private static final int PENDING = 2;

    private final Commands commands;
    private final Tamper between;

    public WatermarkInTwo(Commands commands, Tamper between) {
        this.commands = commands;
        this.between = between;
    }

    @Override
    public Resp answer(List<String> command, Resp answer, Upstream upstream) throws IOException {
        Resp first = between.answer(command, answer, upstream);
        if (!commands.settles(command) || first.items().size() <= PENDING) {
            return first;
        }
        List<Resp> later = new ArrayList<>(upstream.call(command).items());
        later.set(PENDING, first.items().get(PENDING));
        return Resp.array(later);
    }
}
