package io.ghala.queryservice.run;

import io.ghala.query.SqlHeader;
import io.ghala.query.SqlProblem;

/** Where the answer to one statement goes. */
public interface Answer {
    void header(SqlHeader header);

    void block(byte[] bytes);

    /**
     * Ends the answer with a problem, unless it has ended already. May be called while another thread still runs the
     * statement.
     */
    void problem(SqlProblem problem);

    /** Whether nobody waits for the answer any more. */
    boolean cancelled();
}
