package io.ghala.model;

/**
 * What a write returns and what a later query may wait for: {@code <epoch>:<stream id>}. It belongs to one table. A
 * token of another epoch is unknown, never silently satisfied.
 */
public record WriteToken(Epoch epoch, StreamId id) {
    public static WriteToken parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new InvalidValueException("token '" + Excerpt.of(text)
                    + "' is not of the form epoch:milliseconds-sequence as a write printed it");
        }
        return new WriteToken(new Epoch(text.substring(0, colon)), StreamId.parse(text.substring(colon + 1)));
    }

    @Override
    public String toString() {
        return epoch + ":" + id;
    }
}
