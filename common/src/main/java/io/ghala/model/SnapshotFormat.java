package io.ghala.model;

/** The encoding of every blob of a snapshot. All three carry the same rows and types. */
public enum SnapshotFormat {
    /** A complete Arrow IPC stream. */
    ARROW,
    /** A complete Parquet file. */
    PARQUET,
    /** JSON lines, one object a row; BLOB as base64, DECIMAL and integers beyond 2^53 as strings. */
    JSON;

    /** The name in settings and manifests. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
