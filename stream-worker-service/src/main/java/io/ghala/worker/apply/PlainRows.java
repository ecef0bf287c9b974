package io.ghala.worker.apply;

import io.ghala.model.Epoch;
import io.ghala.model.RowId;
import io.ghala.model.StreamId;
import io.ghala.model.TableName;

/** Tells whether people's own files hold a row with an id. */
public interface PlainRows {
    /**
     * Whether there is one in a published version that holds every write up to {@code through}.
     *
     * @throws NotKnownException when it cannot be told now
     */
    boolean hold(TableName table, RowId id, Epoch epoch, StreamId through) throws NotKnownException;

    /** Nobody can tell now: ask again later. */
    final class NotKnownException extends Exception {
        private static final long serialVersionUID = 1L;

        NotKnownException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
