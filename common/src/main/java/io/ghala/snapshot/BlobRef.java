package io.ghala.snapshot;

/**
 * A blob as the manifest names it: its Redis key (never used for anything else again), rows, bytes and CRC-32C of the
 * bytes.
 */
public record BlobRef(String key, long rows, long bytes, int crc32c) {
    /** Largest blob in bytes, save one that holds a single row which alone is larger. */
    public static final int MAX_BYTES = 4 * 1024 * 1024;
}
