package io.ghala.chaos.nemesis;

/** What can go wrong. */
public enum Fault {
    KILL_WORKER("kill -9 of a stream-worker"),
    KILL_REFRESHER("kill -9 of a refresher"),
    KILL_QUERY("kill -9 of a query-service"),
    KILL_PARQUET("kill -9 of a parquet-writer"),
    FAIL_POINT("stream-worker set to end at a named step"),
    PAUSE("SIGSTOP, later SIGCONT, of a service"),
    REDIS_KILL("kill -9 of Redis and restart from its append-only file"),
    REDIS_PAUSE("SIGSTOP, later SIGCONT, of Redis"),
    WIPE("FLUSHALL"),
    DELAY("answers of Redis delayed on one service's way"),
    CUT("connections of one service to Redis cut"),
    LOSE_ANSWERS("commands of one service reach Redis, their answers are lost");

    private final String title;

    Fault(String title) {
        this.title = title;
    }

    /** What it is called in a table. */
    public String title() {
        return title;
    }
}
