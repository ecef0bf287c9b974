package io.ghala.query;

/** Asks a query-service over Redis, whichever replica is free. */
public interface SqlClient {
    /**
     * Sends the request and hands the answer to {@code sink} as it comes; returns the number of rows.
     *
     * @throws java.util.concurrent.CancellationException when the sink says that it is cancelled; the statement is
     *     stopped
     * @throws SqlProblemException with the problem as the service named it, or NOT_READY, TIMEOUT or INTERRUPTED found
     *     by the client
     */
    long ask(SqlRequest request, Sink sink);

    /** Where an answer goes. */
    interface Sink {
        void header(SqlHeader header);

        /** Bytes of the answer in the requested format, in order. */
        void block(byte[] bytes);

        /** Whether the answer is not wanted any more. Asked about once a second. */
        default boolean cancelled() {
            return false;
        }
    }
}
