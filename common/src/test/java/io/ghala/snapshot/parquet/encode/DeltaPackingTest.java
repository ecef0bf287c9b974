package io.ghala.snapshot.parquet.encode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Random;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeltaPackingTest {
    private static void assertSurvives(int width, long[] values, int from, int to) throws IOException {
        ByteSink out = new ByteSink();
        new DeltaPacking(width).write(values, from, to, out);
        DeltaBinaryPackingValuesReader reader = new DeltaBinaryPackingValuesReader();
        reader.initFromPage(to - from, out.view().toInputStream());
        for (int i = from; i < to; i++) {
            long read = width == Long.BYTES ? reader.readLong() : (long) reader.readInteger();
            assertThat(read).as("value %d of %d to %d", i, from, to).isEqualTo(values[i]);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 7, 8, 9, 31, 32, 33, 47, 63, 64})
    void parquetJavaDecodesLongsOfEveryWidth(int bits) throws IOException {
        Random random = new Random(bits);
        long[] values = new long[1000];
        for (int i = 0; i < values.length; i++) {
            values[i] = bits == 0 ? 42 : random.nextLong() >>> (Long.SIZE - bits);
        }
        assertSurvives(Long.BYTES, values, 0, values.length);
        for (int from = 0; from < 300; from++) {
            assertSurvives(Long.BYTES, values, from, from + random.nextInt(300));
        }
    }

    @Test
    void differencesWrapAroundAtTheWidthOfTheValues() throws IOException {
        assertSurvives(Long.BYTES, new long[] {Long.MIN_VALUE, Long.MAX_VALUE, 0, Long.MIN_VALUE, -1, 1}, 0, 6);
        long[] ints = {Integer.MIN_VALUE, Integer.MAX_VALUE, 0, Integer.MIN_VALUE, -1, 1};
        assertSurvives(Integer.BYTES, ints, 0, 6);
        ByteSink out = new ByteSink();
        new DeltaPacking(Integer.BYTES).write(ints, 0, 6, out);
        // No reader expects rests of more than 32 bits among ints.
        assertThat(out.size()).isLessThanOrEqualTo(32 * Integer.BYTES + 18);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 128, 129, 130, 160, 161, 257})
    void whatIsForetoldIsAboutWhatIsWritten(int size) throws IOException {
        long[] values = new Random(1).longs(size, 0, 5000).toArray();
        ByteSink out = new ByteSink();
        new DeltaPacking(Long.BYTES).write(values, 0, size, out);
        assertSurvives(Long.BYTES, values, 0, size);
        assertThat(new DeltaPacking(Long.BYTES).bytes(values, size))
                .isBetween((long) out.size(), out.size() + 24L + size / 8);
    }
}
