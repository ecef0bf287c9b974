package io.ghala.snapshot.parquet.encode;

import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;

/** What each value differs by from the one before: DELTA_BINARY_PACKED or DELTA_BYTE_ARRAY. */
record DeltaValues(LeafValues values) implements PageValues {
    @Override
    public Encoding encoding() {
        return values.deltaEncoding();
    }

    @Override
    public long bytes(int from, int to) {
        return values.plainBytes(from, to);
    }

    @Override
    public BytesInput write(int from, int to, ByteSink levels) {
        values.delta(from, to, levels);
        return levels.view();
    }

    @Override
    public void statistics(int from, int to, Statistics<?> into) {
        values.statistics(from, to, null, into);
    }
}
