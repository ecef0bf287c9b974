package io.ghala.query;

import java.time.Duration;
import java.util.List;

/** The answering side of queries over Redis: a request stream with a consumer group over the replicas. */
public interface SqlInbox {
    /**
     * Takes at most {@code free} requests, waiting up to {@code wait}; those past their deadline are answered TIMEOUT
     * and dropped. Taking is one script (XACK, XDEL, run key), so what was taken is never delivered again.
     */
    List<Exchange> take(String consumer, int free, Duration wait);

    /** Keeps what was taken and not closed yet from being seen as lost; to be called more often than every 5 s. */
    void renew();

    /** Answers INTERRUPTED to requests whose replica died before it picked them up. */
    void answerAbandoned(String consumer, Duration idle);

    /** One request being answered. Blocks go out as a bounded list: sending waits while the asker is behind. */
    interface Exchange extends AutoCloseable {
        SqlRequest request();

        void header(SqlHeader header);

        /**
         * Sends one block, waiting while more than the bound are unread.
         *
         * @throws java.util.concurrent.CancellationException when the asker cancelled or went away
         */
        void block(byte[] bytes);

        /** The answer is complete. */
        void end(long rows);

        /** The answer ends with a problem. May be called while another thread still runs the statement. */
        void problem(SqlProblem problem);

        /** Whether the asker cancelled or went away: the statement should be stopped. */
        boolean cancelled();

        @Override
        void close();
    }
}
