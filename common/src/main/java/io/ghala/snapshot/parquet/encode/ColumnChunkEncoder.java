package io.ghala.snapshot.parquet.encode;

import java.io.IOException;
import java.util.Optional;
import org.apache.arrow.vector.FieldVector;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.bloomfilter.BlockSplitBloomFilter;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.apache.parquet.column.values.bloomfilter.BloomFilterWriter;

/**
 * Encodes one leaf of one row group as data pages, version 1. It sees the whole chunk before it chooses: a dictionary,
 * differences (DELTA_BINARY_PACKED, or DELTA_BYTE_ARRAY where text shares its beginning with the text before) or plain
 * values, whichever is smallest before compression.
 */
public final class ColumnChunkEncoder {
    /** Pages end after so many rows at the latest, so that their statistics stay useful. */
    private static final int PAGE_ROWS = 1 << 17;

    private final ColumnDescriptor leaf;
    private final int pageBytes;
    private final LeafValues values;
    private final Striper levels;
    private final ByteSink page;

    /**
     * An encoder of one chunk.
     *
     * @param pageBytes size of a page, and of the dictionary, before compression
     * @param buffers what it works in; they are to be left to it until it has written
     */
    public ColumnChunkEncoder(ColumnDescriptor leaf, LeafPath path, int pageBytes, EncodingBuffers buffers) {
        buffers.clear();
        this.leaf = leaf;
        this.pageBytes = pageBytes;
        this.values = LeafValues.of(leaf, buffers);
        this.levels = new Striper(path, leaf, values, buffers);
        this.page = buffers.page;
    }

    /** Adds {@code rows} rows of one batch, those from {@code first} on; {@code column} holds the leaf. */
    public void add(FieldVector column, int first, int rows) {
        levels.add(column, first, rows);
    }

    /**
     * Writes all pages to {@code to}, and a Bloom filter to {@code filter} unless there is a dictionary, which tells
     * exactly what the filter would guess.
     */
    public void write(PageWriter to, Optional<BloomFilterWriter> filter) throws IOException {
        long plain = values.plainBytes(0, values.size());
        long delta = values.deltaBytes();
        Optional<CodedValues> dictionary = dictionary(Math.min(plain, delta));
        if (dictionary.isPresent()) {
            LeafValues distinct = dictionary.get().distinct();
            page.clear();
            distinct.plain(0, distinct.size(), page);
            to.writeDictionaryPage(new DictionaryPage(page.view(), distinct.size(), Encoding.PLAIN));
            pages(dictionary.get(), to);
            return;
        }
        filter.ifPresent(this::writeBloomFilter);
        if (delta < plain) {
            pages(new DeltaValues(values), to);
        } else {
            pages(new PlainValues(values), to);
        }
    }

    /** One false positive in a hundred, if all values are different. */
    private void writeBloomFilter(BloomFilterWriter to) {
        int bits = BlockSplitBloomFilter.optimalNumOfBits(Math.max(1, values.size()), 0.01);
        BloomFilter filter = new BlockSplitBloomFilter(bits / Byte.SIZE, BlockSplitBloomFilter.UPPER_BOUND_BYTES);
        values.bloom(filter);
        to.writeBloomFilter(filter);
    }

    /** A dictionary, where it is smaller than {@code others}. */
    private Optional<CodedValues> dictionary(long others) {
        int count = values.size();
        return values.dictionary(pageBytes, others).filter(coded -> {
            LeafValues distinct = coded.distinct();
            return distinct.plainBytes(0, distinct.size()) + coded.bytes(0, count) < others;
        });
    }

    private void pages(PageValues from, PageWriter to) throws IOException {
        PageCutter cutter = new PageCutter(levels, from, pageBytes, PAGE_ROWS);
        // A chunk of nulls alone has pages too: readers count rows by them.
        while (cutter.next()) {
            page.clear();
            if (levels.repeats()) {
                putLevels(levels.repetitions(), cutter, leaf.getMaxRepetitionLevel());
            }
            if (levels.hasNulls()) {
                putLevels(levels.definitions(), cutter, leaf.getMaxDefinitionLevel());
            } else if (leaf.getMaxDefinitionLevel() > 0) {
                int lengthAt = startLevels();
                HybridRle.run(
                        leaf.getMaxDefinitionLevel(),
                        cutter.entries(),
                        HybridRle.width(leaf.getMaxDefinitionLevel()),
                        page);
                endLevels(lengthAt);
            }
            Statistics<?> statistics = Statistics.createStats(leaf.getPrimitiveType());
            statistics.incrementNumNulls(cutter.entries() - (cutter.valueTo() - cutter.valueFrom()));
            from.statistics(cutter.valueFrom(), cutter.valueTo(), statistics);
            BytesInput bytes = from.write(cutter.valueFrom(), cutter.valueTo(), page);
            to.writePage(
                    bytes, cutter.entries(), cutter.rows(), statistics, Encoding.RLE, Encoding.RLE, from.encoding());
        }
    }

    private void putLevels(int[] all, PageCutter cutter, int greatest) {
        int lengthAt = startLevels();
        HybridRle.write(all, cutter.from(), cutter.to(), HybridRle.width(greatest), page);
        endLevels(lengthAt);
    }

    private int startLevels() {
        page.putInt(0);
        return page.size();
    }

    private void endLevels(int start) {
        page.setInt(start - Integer.BYTES, page.size() - start);
    }
}
