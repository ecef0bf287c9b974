package io.ghala.chaos.client;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;

/** Somebody who does one thing after the other during a run. */
public interface Actor {
    /** Does one thing. */
    void act() throws IOException, InterruptedException, SQLException;

    /** Time until the next thing. */
    Duration pace();
}
