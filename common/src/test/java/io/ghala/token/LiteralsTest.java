package io.ghala.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiteralsTest {
    @ParameterizedTest
    @CsvSource({
        "2026-03-01T10:20:30, 2026-03-01T10:20:30Z, false, false",
        "2026-03-01 10:20:30, 2026-03-01T10:20:30Z, false, false",
        "2026-03-01T10:20:30Z, 2026-03-01T10:20:30Z, true, false",
        "2026-03-01T10:20:30+05:30, 2026-03-01T04:50:30Z, true, false",
        "2026-03-01T10:20:30-0130, 2026-03-01T11:50:30Z, true, false",
        "2026-03-01T10:20:30+18:00, 2026-02-28T16:20:30Z, true, false",
        "2026-03-01T00:00:00.5, 2026-03-01T00:00:00.5Z, false, false",
        "2026-03-01T23:59:59.123456, 2026-03-01T23:59:59.123456Z, false, false",
        "2026-03-01T23:59:59.000000001Z, 2026-03-01T23:59:59.000000001Z, true, true",
        "0000-01-01T00:00:00, 0000-01-01T00:00:00Z, false, false",
    })
    void readsTimestampsWithAndWithoutZone(String text, Instant instant, boolean zoned, boolean belowMicrosecond) {
        assertThat(Literals.timestamp(text)).contains(new Literals.Timestamp(instant, zoned, belowMicrosecond));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-03-01",
                "2026-03-01T10:20",
                "2026-03-01t10:20:30",
                "2026-02-30T10:20:30",
                "2026-03-01T24:00:00",
                "2026-03-01T10:60:00",
                "2026-03-01T10:20:60",
                "2026-03-01T10-20-30",
                "2026-03-01T10:20:3O",
                "2026-03-01T1:20:300",
                "2026-03-01T10:20:30.",
                "2026-03-01T10:20:30.Z",
                "2026-03-01T10:20:30.1234567890",
                "2026-03-01T10:20:30z",
                "2026-03-01T10:20:30Z ",
                "2026-03-01T10:20:30+05",
                "2026-03-01T10:20:30+5:30",
                "2026-03-01T10:20:30+05:60",
                "2026-03-01T10:20:30+18:01",
                "2026-03-01T10:20:30+19:00",
                "2026-03-01T10:20:30 05:30",
                "2026-03-01T10:20:30+05:3O",
                "2026-03-01T10:20:30+05.30",
                "2026-03-01T10:20:30+٠٥:٣٠",
                "２０２６-03-01T10:20:30",
            })
    void takesNothingElseForATimestamp(String text) {
        assertThat(Literals.timestamp(text)).isEmpty();
    }

    @Test
    void castsYearsThatOnlyATypedFileCanHave() {
        assertThat(Literals.castTimestamp("+12026-03-01T10:20:30.5"))
                .contains(new Literals.Timestamp(Instant.parse("+12026-03-01T10:20:30.5Z"), false, false));
        assertThat(Literals.castTimestamp("-0001-03-01T10:20:30Z"))
                .contains(new Literals.Timestamp(Instant.parse("-0001-03-01T10:20:30Z"), true, false));
        assertThat(Literals.castTimestamp("+12026-03-01T")).isEmpty();
    }
}
