package io.ghala.chaos.history;

import io.ghala.model.StreamId;

/** What a queued write got: the id of its stream entry, and the life of the stream that gave it. */
public record Token(String epoch, StreamId id) {
    public static Token parse(String text) {
        int colon = text.indexOf(':');
        return new Token(text.substring(0, colon), StreamId.parse(text.substring(colon + 1)));
    }

    @Override
    public String toString() {
        return epoch + ":" + id;
    }
}
