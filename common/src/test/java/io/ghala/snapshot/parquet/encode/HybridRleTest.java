package io.ghala.snapshot.parquet.encode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridDecoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HybridRleTest {
    private static void assertSurvives(int[] values, int from, int to, int width) throws IOException {
        ByteSink out = new ByteSink();
        HybridRle.write(values, from, to, width, out);
        RunLengthBitPackingHybridDecoder decoder =
                new RunLengthBitPackingHybridDecoder(width, new ByteArrayInputStream(bytes(out)));
        for (int i = from; i < to; i++) {
            assertThat(decoder.readInt()).as("value %d", i).isEqualTo(values[i]);
        }
    }

    private static byte[] bytes(ByteSink sink) throws IOException {
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        sink.view().writeAllTo(copy);
        return copy.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 9, 15, 16, 17, 24, 31, 32})
    void parquetJavaDecodesRunsAndLiteralsOfEveryWidth(int width) throws IOException {
        Random random = new Random(width);
        int[] values = new int[5000];
        for (int i = 0; i < values.length; ) {
            int run = random.nextBoolean() ? 1 : random.nextInt(40);
            int value = (int) (random.nextLong() & (1L << width) - 1);
            for (int end = Math.min(values.length, i + run); i < end; i++) {
                values[i] = value;
            }
        }
        assertSurvives(values, 0, values.length, width);
        for (int from = 0; from < 40; from++) {
            assertSurvives(values, from, from + random.nextInt(100), width);
        }
    }

    @Test
    void aRunOfOneValueTakesAFewBytes() {
        ByteSink out = new ByteSink();
        HybridRle.write(new int[100_000], 0, 100_000, 1, out);
        assertThat(out.size()).isLessThan(8);
    }

    @Test
    void theWidthHoldsTheGreatestNumber() {
        assertThat(HybridRle.width(0)).isZero();
        assertThat(HybridRle.width(1)).isEqualTo(1);
        assertThat(HybridRle.width(255)).isEqualTo(8);
        assertThat(HybridRle.width(256)).isEqualTo(9);
    }
}
