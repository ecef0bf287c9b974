package io.ghala.refresher.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyIndexTest {
    private static List<Integer> rows(KeyIndex index, long high, int low) {
        List<Integer> rows = new ArrayList<>();
        index.rows(high, low, rows::add);
        return rows;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 1000, 5000})
    void everyRowIsFoundByItsKeyAndOnlyByThat(int size) {
        Random random = new Random(size);
        long[] high = new long[size];
        int[] low = new int[size];
        int[] row = new int[size];
        for (int i = 0; i < size; i++) {
            // Many rows share a half of their key, and half of the keys are negative.
            high[i] = random.nextInt(4) == 0 ? random.nextInt(3) - 1L : random.nextLong();
            low[i] = random.nextInt(3) - 1;
            row[i] = size - i;
        }
        KeyIndex index = KeyIndex.sorted(high.clone(), low.clone(), row.clone(), size);
        assertThat(index.size()).isEqualTo(size);
        for (int i = 1; i < size; i++) {
            assertThat(Long.compareUnsigned(index.high(i - 1), index.high(i))).isLessThanOrEqualTo(0);
        }
        for (int i = 0; i < size; i++) {
            List<Integer> expected = new ArrayList<>();
            for (int other = 0; other < size; other++) {
                if (high[other] == high[i] && low[other] == low[i]) {
                    expected.add(row[other]);
                }
            }
            assertThat(rows(index, high[i], low[i])).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(rows(index, high[i], 7)).isEmpty();
        }
        assertThat(index.first(-1L)).isLessThanOrEqualTo(size);
        assertThat(rows(index, 0x1234_5678_9abcL, 0)).isEmpty();
    }

    @Test
    void rowsBeyondTheSizeAreLeftOut() {
        KeyIndex index = KeyIndex.sorted(new long[] {5, 4, 9}, new int[] {0, 0, 0}, new int[] {0, 1, 2}, 2);
        assertThat(index.highs()).containsExactly(4, 5);
        assertThat(index.rows()).containsExactly(1, 0);
    }
}
