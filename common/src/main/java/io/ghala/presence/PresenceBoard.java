package io.ghala.presence;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Where running services show themselves to each other and to people. */
public interface PresenceBoard {
    /** Shows {@code presence} until the time to live is over. */
    void show(Presence presence, Duration timeToLive);

    void remove(ServiceIdentity identity);

    List<Presence> all();

    /** A running process, where its HTTP listens and what it cannot do at the moment, by check name. */
    record Presence(ServiceIdentity identity, String httpAddress, Map<String, String> problems) {
        public Presence {
            problems = Map.copyOf(problems);
        }
    }
}
