package io.ghala.presence;

import java.util.Arrays;
import java.util.Optional;

/** The services. Each is a jar of its own, named by its {@link #label}. */
public enum ServiceKind {
    REFRESHER("refresher-service"),
    STREAM_WORKER("stream-worker-service"),
    QUERY("query-service"),
    PARQUET_WRITER("parquet-writer-service");

    private final String label;

    ServiceKind(String label) {
        this.label = label;
    }

    /** As it is called in logs, in Redis and as a file. */
    public String label() {
        return label;
    }

    /** The kind of that label; empty for one that only another release knows. */
    public static Optional<ServiceKind> ofLabel(String label) {
        return Arrays.stream(values()).filter(kind -> kind.label.equals(label)).findFirst();
    }

    @Override
    public String toString() {
        return label;
    }
}
