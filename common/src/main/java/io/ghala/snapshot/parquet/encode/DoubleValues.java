package io.ghala.snapshot.parquet.encode;

import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.jspecify.annotations.Nullable;

/** Values of the physical type DOUBLE, kept as their bits so that every NaN and both zeros survive. */
final class DoubleValues extends IntegerValues {
    DoubleValues(EncodingBuffers buffers) {
        super(Double.BYTES, buffers);
    }

    private DoubleValues(long[] values, int size, EncodingBuffers buffers) {
        super(Double.BYTES, values, size, buffers);
    }

    @Override
    LeafValues dictionary(long[] distinct, int count, EncodingBuffers buffers) {
        return new DoubleValues(distinct, count, buffers);
    }

    @Override
    long deltaBytes() {
        return NEVER;
    }

    @Override
    void statistics(int from, int to, int @Nullable [] uses, Statistics<?> into) {
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        boolean numbers = false;
        int notNumbers = 0;
        for (int i = from; i < to; i++) {
            if (uses == null || uses[i] > 0) {
                double value = Double.longBitsToDouble(value(i));
                if (Double.isNaN(value)) {
                    notNumbers += uses == null ? 1 : uses[i];
                } else {
                    numbers = true;
                    least = Math.min(least, value);
                    greatest = Math.max(greatest, value);
                }
            }
        }
        into.incrementNanCount(notNumbers);
        if (numbers) {
            into.updateStats(least);
            into.updateStats(greatest);
        }
    }

    @Override
    void bloom(BloomFilter filter) {
        for (int i = 0; i < size(); i++) {
            filter.insertHash(filter.hash(Double.longBitsToDouble(value(i))));
        }
    }
}
