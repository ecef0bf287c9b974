package io.ghala.snapshot.hash;

import io.ghala.model.TableSchema;
import io.ghala.snapshot.SchemaCodec;
import java.nio.charset.StandardCharsets;

/**
 * The hash of a set of rows, from the hashes of {@link RowHashes}: two wrapping 64-bit sums, so that rows can be added
 * and taken out in any order, however they are spread over parts and blobs.
 */
public final class ContentHash {
    private static final long SECOND_LANE = 0x9E3779B97F4A7C15L;
    private long low;
    private long high;
    private long rows;

    public void add(long rowHash) {
        low += rowHash;
        high += Xxh64.mix(rowHash ^ SECOND_LANE);
        rows++;
    }

    public void remove(long rowHash) {
        low -= rowHash;
        high -= Xxh64.mix(rowHash ^ SECOND_LANE);
        rows--;
    }

    public void addAll(ContentHash other) {
        low += other.low;
        high += other.high;
        rows += other.rows;
    }

    public long rows() {
        return rows;
    }

    /** 32 hexadecimal digits over schema and rows. */
    public String root(TableSchema schema) {
        byte[] json = SchemaCodec.encode(schema).toString().getBytes(StandardCharsets.UTF_8);
        return digits(Xxh64.hash(json, 0, json.length, rows));
    }

    /** 32 hexadecimal digits over the rows alone. */
    public String ofRows() {
        return digits(rows);
    }

    private String digits(long seed) {
        return String.format("%016x%016x", Xxh64.mix(low ^ seed), Xxh64.mix(high + Long.rotateLeft(seed, 32)));
    }
}
