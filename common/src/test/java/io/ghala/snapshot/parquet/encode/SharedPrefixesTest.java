package io.ghala.snapshot.parquet.encode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.parquet.column.values.deltastrings.DeltaByteArrayReader;
import org.junit.jupiter.api.Test;

class SharedPrefixesTest {
    private static int[] offsets(List<String> values) {
        int[] offsets = new int[values.size() + 1];
        for (int i = 0; i < values.size(); i++) {
            offsets[i + 1] = offsets[i] + values.get(i).getBytes(UTF_8).length;
        }
        return offsets;
    }

    private static byte[] bytes(List<String> values) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        values.forEach(value -> all.writeBytes(value.getBytes(UTF_8)));
        return Arrays.copyOf(all.toByteArray(), all.size() + Long.BYTES);
    }

    private static ByteSink assertSurvives(List<String> values, int from, int to) throws IOException {
        ByteSink out = new ByteSink();
        SharedPrefixes.write(bytes(values), offsets(values), from, to, new EncodingBuffers(), out);
        DeltaByteArrayReader reader = new DeltaByteArrayReader();
        reader.initFromPage(to - from, out.view().toInputStream());
        for (int i = from; i < to; i++) {
            assertThat(reader.readBytes().toStringUsingUTF8()).as("value %d", i).isEqualTo(values.get(i));
        }
        return out;
    }

    @Test
    void parquetJavaDecodesValuesThatShareAnyNumberOfBytes() throws IOException {
        Random random = new Random(3);
        List<String> values = new ArrayList<>(List.of("", "", "a", "ab", "ab", "a", "", "b", "ää", "äö"));
        for (int i = 0; i < 2000; i++) {
            values.add("x".repeat(random.nextInt(40)) + (random.nextBoolean() ? "" : Integer.toString(i)));
        }
        assertSurvives(values, 0, values.size());
        assertSurvives(values, 7, 8);
        assertSurvives(values, 9, 9);
        assertSurvives(values, 500, 700);
    }

    @Test
    void valuesThatEndAlikeAreNotTakenForLonger() throws IOException {
        // The bytes behind a value are those of the next, which go on as the value before does.
        assertSurvives(List.of("abc", "ab", "cab", "ca", "b"), 0, 5);
    }

    @Test
    void theEstimateTellsRepeatedBeginningsFromNone() throws IOException {
        List<String> shared = new ArrayList<>();
        for (int i = 1000; i < 3000; i++) {
            shared.add("https://example.org/" + i);
        }
        assertThat(SharedPrefixes.estimate(bytes(shared), offsets(shared), shared.size()))
                .isBetween(2000L * 19, 2000L * 24);
        assertThat(assertSurvives(shared, 0, shared.size()).size()).isLessThan(2000 * 6);
        List<String> none = Collections.nCopies(1000, List.of("a1", "b2")).stream()
                .flatMap(List::stream)
                .toList();
        assertThat(SharedPrefixes.estimate(bytes(none), offsets(none), none.size()))
                .isZero();
    }
}
