package io.ghala.snapshot.parquet.encode;

import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;

/** DELTA_BINARY_PACKED. */
record DeltaValues(LeafValues values) implements PageValues {
    @Override
    public Encoding encoding() {
        return Encoding.DELTA_BINARY_PACKED;
    }

    @Override
    public long bytes(int from, int to) {
        return values.plainBytes(from, to);
    }

    @Override
    public BytesInput write(int from, int to, ByteSink levels) {
        return BytesInput.concat(levels.view(), values.delta(from, to));
    }

    @Override
    public void statistics(int from, int to, Statistics<?> into) {
        values.statistics(from, to, null, into);
    }
}
