package io.ghala.snapshot.parquet.encode;

import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;

/** PLAIN. */
record PlainValues(LeafValues values) implements PageValues {
    @Override
    public Encoding encoding() {
        return Encoding.PLAIN;
    }

    @Override
    public long bytes(int from, int to) {
        return values.plainBytes(from, to);
    }

    @Override
    public BytesInput write(int from, int to, ByteSink levels) {
        values.plain(from, to, levels);
        return levels.view();
    }

    @Override
    public void statistics(int from, int to, Statistics<?> into) {
        values.statistics(from, to, null, into);
    }
}
