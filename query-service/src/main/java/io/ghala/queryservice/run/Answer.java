package io.ghala.queryservice.run;

import io.ghala.query.SqlHeader;

/** Where the answer to one statement goes. */
public interface Answer {
    void header(SqlHeader header);

    void block(byte[] bytes);

    /** Whether nobody waits for the answer any more. */
    boolean cancelled();
}
