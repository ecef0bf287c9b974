package io.ghala.query;

/** Why a statement was not answered. {@code detail} names the culprit and the remedy. */
public record SqlProblem(Kind kind, String detail) {
    /** What the asker may do. */
    public enum Kind {
        /** The statement or an option is wrong: mend it. */
        BAD_REQUEST(400),
        /** The statement is not read-only or uses something that is not allowed: mend it. */
        FORBIDDEN(403),
        /** A table is not there. */
        NOT_FOUND(404),
        /** The token is of another epoch or its write is dead: look at the dead letters, write again. */
        CONFLICT(409),
        /** The answer is larger than the bound: add a LIMIT. */
        TOO_LARGE(413),
        /** All places are taken: try again later. */
        BUSY(429),
        /** The replica went away while answering: may be asked again once. */
        INTERRUPTED(502),
        /** Nothing is loaded yet, or no query-service runs: try again later. */
        NOT_READY(503),
        /** Time ran out while waiting for a write or while running. */
        TIMEOUT(504),
        /** A fault of the service. */
        INTERNAL(500);

        private final int httpStatus;

        Kind(int httpStatus) {
            this.httpStatus = httpStatus;
        }

        public int httpStatus() {
            return httpStatus;
        }
    }
}
