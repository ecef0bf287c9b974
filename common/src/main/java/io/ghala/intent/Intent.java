package io.ghala.intent;

import io.ghala.model.RowId;
import java.util.Optional;

/** One write that somebody asked for. */
public sealed interface Intent {
    RowId id();

    <R> R accept(Visitor<R> visitor);

    /** The JSON object that comes with the write, as the client wrote it; empty where none does. */
    default Optional<String> content() {
        return accept(new Visitor<>() {
            @Override
            public Optional<String> upsert(Upsert upsert) {
                return Optional.of(upsert.payload);
            }

            @Override
            public Optional<String> delete(Delete delete) {
                return Optional.empty();
            }
        });
    }

    /** One answer per kind of write. */
    interface Visitor<R> {
        R upsert(Upsert upsert);

        R delete(Delete delete);
    }

    /** Makes the row with this id be {@code payload}, a JSON object as the client wrote it, replacing the whole row. */
    record Upsert(RowId id, String payload) implements Intent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.upsert(this);
        }
    }

    /** Hides every row with this id. */
    record Delete(RowId id) implements Intent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.delete(this);
        }
    }
}
