package io.ghala.snapshot.parquet.encode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DistinctBytesTest {
    private static int code(DistinctBytes distinct, String value) {
        byte[] bytes = ("before" + value + "behind it").getBytes(ISO_8859_1);
        return distinct.code(bytes, 6, value.length());
    }

    @Test
    void valuesAreNumberedInTheOrderOfFirstAppearance() {
        Random random = new Random(5);
        DistinctBytes distinct = new DistinctBytes(1 << 20);
        Map<String, Integer> expected = new LinkedHashMap<>();
        for (int i = 0; i < 50_000; i++) {
            // Few letters, so that values differ in one place alone: at their ends, between them, in length, in zeros
            // behind.
            StringBuilder value = new StringBuilder("a".repeat(random.nextInt(28)));
            for (int changed = random.nextInt(3); changed > 0 && value.length() > 0; changed--) {
                value.setCharAt(random.nextInt(value.length()), (char) random.nextInt(4));
            }
            String text = value.toString();
            assertThat(code(distinct, text)).isEqualTo(expected.computeIfAbsent(text, added -> expected.size()));
        }
        assertThat(distinct.size()).isEqualTo(expected.size()).isGreaterThan(5000);
        int at = 0;
        for (String text : expected.keySet()) {
            int from = distinct.offsets()[at++];
            assertThat(Arrays.copyOfRange(distinct.bytes(), from, distinct.offsets()[at]))
                    .isEqualTo(text.getBytes(ISO_8859_1));
        }
    }

    @Test
    void aValueTooMuchIsRefusedAndTheOthersStayKnown() {
        DistinctBytes distinct = new DistinctBytes(3 * (3 + Integer.BYTES));
        assertThat(code(distinct, "one")).isZero();
        assertThat(code(distinct, "two")).isEqualTo(1);
        assertThat(code(distinct, "six")).isEqualTo(2);
        assertThat(code(distinct, "ten")).isNegative();
        assertThat(code(distinct, "two")).isEqualTo(1);
    }
}
