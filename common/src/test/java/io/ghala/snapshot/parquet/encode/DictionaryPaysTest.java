package io.ghala.snapshot.parquet.encode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DictionaryPaysTest {
    private static final int COUNT = 500_000;
    private static final int MOST = 1 << 20;

    /** How many of {@code COUNT} longs, each of {@code different} ones equally likely, are seen before it gives up. */
    private static int givesUpAfter(int different) {
        DictionaryPays pays = new DictionaryPays(COUNT, Long.BYTES, MOST, (long) COUNT * Long.BYTES);
        Random random = new Random(different);
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < COUNT; i++) {
            seen.add(random.nextInt(different));
            if (!pays.soFar(seen.size(), i + 1)) {
                return i + 1;
            }
        }
        return COUNT;
    }

    @Test
    void valuesThatAllComeAgainAreGoneOnWithThoughNearlyAllAreNewAtFirst() {
        assertThat(givesUpAfter(100_000)).isEqualTo(COUNT);
        assertThat(givesUpAfter(10_000)).isEqualTo(COUNT);
    }

    @Test
    void moreThanADictionaryHoldsIsGivenUpEarly() {
        assertThat(givesUpAfter(200_000)).isLessThan(10_000);
        assertThat(givesUpAfter(Integer.MAX_VALUE)).isLessThan(10_000);
    }

    @Test
    void aDictionaryThatWouldTakeMoreThanTheValuesIsGivenUp() {
        // 60,000 of 500,000 numbers of 12 bits each, as differences would have them.
        DictionaryPays pays = new DictionaryPays(COUNT, Long.BYTES, MOST, COUNT * 12L / 8);
        assertThat(pays.soFar(8191, 8800)).isTrue();
        assertThat(pays.soFar(8192, 8800)).isFalse();
    }
}
