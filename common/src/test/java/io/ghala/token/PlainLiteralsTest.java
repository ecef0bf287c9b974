package io.ghala.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainLiteralsTest {
    private static final byte[] AROUND = "12".getBytes(StandardCharsets.US_ASCII);

    private static byte[] between(String text) {
        return ("12" + text + "34").getBytes(StandardCharsets.UTF_8);
    }

    private static long micros(String text) {
        byte[] bytes = between(text);
        return PlainLiterals.micros(bytes, AROUND.length, bytes.length - AROUND.length);
    }

    private static double number(String text) {
        byte[] bytes = between(text);
        return PlainLiterals.number(bytes, AROUND.length, bytes.length - AROUND.length);
    }

    private static String withOneCharacterChanged(String text, Random random) {
        String characters = "0123456789-:T .Z9";
        StringBuilder changed = new StringBuilder(text);
        changed.setCharAt(random.nextInt(text.length()), characters.charAt(random.nextInt(characters.length())));
        return changed.toString();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void agreesWithLiteralsOnTimestampsAndWhatLooksLikeThem(long seed) {
        Random random = new Random(seed);
        int plain = 0;
        for (int i = 0; i < 20_000; i++) {
            String text = withOneCharacterChanged(
                    withOneCharacterChanged(
                            "%04d-%02d-%02d%s%02d:%02d:%02d"
                                    .formatted(
                                            random.nextInt(10_000),
                                            random.nextInt(14),
                                            random.nextInt(33),
                                            random.nextBoolean() ? "T" : " ",
                                            random.nextInt(26),
                                            random.nextInt(62),
                                            random.nextInt(62)),
                            random),
                    random);
            Optional<Literals.Timestamp> expected = Literals.timestamp(text);
            long micros = micros(text);
            if (micros == PlainLiterals.NOT_PLAIN) {
                assertThat(expected).as(text).isEmpty();
            } else {
                plain++;
                assertThat(expected.orElseThrow().micros()).as(text).isEqualTo(micros);
                assertThat(expected.orElseThrow().zoned()).as(text).isFalse();
                assertThat(expected.orElseThrow().fitsNanoseconds())
                        .as(text)
                        .isEqualTo(PlainLiterals.fitsNanoseconds(micros));
            }
        }
        assertThat(plain).isGreaterThan(1000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-03-01T10:20:30Z", "2026-03-01T10:20:30.5", "2026-03-01", "", "2026-02-29T00:00:00"})
    void leavesOtherFormsAndDatesThatAreNone(String text) {
        assertThat(micros(text)).isEqualTo(PlainLiterals.NOT_PLAIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1677-12-31T23:59:59", "1678-01-01T00:00:00", "2261-12-31T23:59:59", "2262-01-01T00:00:00"})
    void knowsTheFirstAndTheLastOfNanoseconds(String text) {
        assertThat(PlainLiterals.fitsNanoseconds(micros(text)))
                .isEqualTo(Literals.timestamp(text).orElseThrow().fitsNanoseconds());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void givesTheNearestNumberToDigitsWithAPoint(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "-" : "");
            int digits = 1 + random.nextInt(14);
            for (int digit = 0; digit < digits; digit++) {
                text.append(random.nextInt(10));
            }
            if (digits > 1 && random.nextInt(4) > 0) {
                text.insert(text.length() - 1 - random.nextInt(digits - 1), '.');
            }
            assertThat(Double.doubleToLongBits(number(text.toString())))
                    .as(text.toString())
                    .isEqualTo(Double.doubleToLongBits(Double.parseDouble(text.toString())));
        }
    }

    @Test
    void tellsMinusZeroFromZero() {
        assertThat(number("-0")).isEqualTo(-0.0);
        assertThat(number("-0.00")).isEqualTo(-0.0);
        assertThat(number("0")).isEqualTo(0.0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-", ".", ".5", "5.", "1.2.3", "1e5", "+1", " 1", "NaN", "1234567890123456", "--1", "1-"})
    void leavesOtherNumbers(String text) {
        assertThat(number(text)).isNaN();
    }
}
