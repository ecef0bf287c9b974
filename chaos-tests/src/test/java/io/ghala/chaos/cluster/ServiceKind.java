package io.ghala.chaos.cluster;

/** The services and what they need to run small. */
public enum ServiceKind {
    WORKER("stream-worker-service", "table taken", 64),
    REFRESHER("refresher-service", "service started", 96),
    QUERY("query-service", "service started", 128),
    PARQUET("parquet-writer-service", "service started", 96);

    private final String jar;
    private final String working;
    private final int heapMb;

    ServiceKind(String jar, String working, int heapMb) {
        this.jar = jar;
        this.working = working;
        this.heapMb = heapMb;
    }

    String jar() {
        return jar;
    }

    /** What its log says once it is at work. */
    String working() {
        return working;
    }

    int heapMb() {
        return heapMb;
    }
}
