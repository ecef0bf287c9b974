package io.ghala.chaos.wire;

import java.io.IOException;
import java.util.List;

/**
 * Alters, holds or follows up what goes through a proxy. Called on the thread of the connection, which it may block.
 */
public interface Tamper {
    /** The words to send in place of {@code command}. */
    default List<String> command(List<String> command, Upstream upstream) throws IOException {
        return command;
    }

    /** The answer to give in place of {@code answer}, which Redis gave to {@code command} as it was sent. */
    default Resp answer(List<String> command, Resp answer, Upstream upstream) throws IOException {
        return answer;
    }

    /** Redis itself, on a connection of its own. */
    interface Upstream {
        Resp call(List<String> command) throws IOException;
    }
}
