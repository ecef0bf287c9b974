package io.ghala.snapshot.parquet.encode;

import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;

/**
 * RLE_DICTIONARY: each value once in the order of first appearance, and for each value of the leaf its position there.
 */
final class CodedValues implements PageValues {
    private final LeafValues distinct;
    private final int[] codes;
    private final int width;

    CodedValues(LeafValues distinct, int[] codes) {
        this.distinct = distinct;
        this.codes = codes;
        this.width = HybridRle.width(distinct.size() - 1);
    }

    LeafValues distinct() {
        return distinct;
    }

    @Override
    public Encoding encoding() {
        return Encoding.RLE_DICTIONARY;
    }

    @Override
    public long bytes(int from, int to) {
        return (long) (to - from) * width / Byte.SIZE;
    }

    @Override
    public BytesInput write(int from, int to, ByteSink levels) {
        levels.put(width);
        HybridRle.write(codes, from, to, width, levels);
        return levels.view();
    }

    @Override
    public void statistics(int from, int to, Statistics<?> into) {
        int[] uses = new int[distinct.size()];
        for (int i = from; i < to; i++) {
            uses[codes[i]]++;
        }
        distinct.statistics(0, distinct.size(), uses, into);
    }
}
