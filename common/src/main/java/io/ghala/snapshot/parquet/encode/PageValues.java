package io.ghala.snapshot.parquet.encode;

import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;

/** The values of a chunk in the encoding that was chosen for it. */
interface PageValues {
    Encoding encoding();

    /** About the bytes that the range takes. */
    long bytes(int from, int to);

    /** The page: what {@code levels} holds, followed by the range. */
    BytesInput write(int from, int to, ByteSink levels);

    void statistics(int from, int to, Statistics<?> into);
}
