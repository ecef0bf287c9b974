package io.ghala.refresher.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SettledFilesTest {
    private static final Duration SETTLE = Duration.ofSeconds(2);
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final SettableClock clock = new SettableClock(NOW);
    private final SettledFiles files = new SettledFiles(clock, SETTLE);

    private FileStamp stamp(long size) {
        return new FileStamp(size, clock.millis());
    }

    /** One look at the folder that sees one file. */
    private boolean look(String file, FileStamp stamp) {
        files.begin();
        boolean whole = files.whole(file, stamp);
        files.end();
        return whole;
    }

    @Test
    void aFileThatWasChangedLongAgoIsWholeAtOnce() {
        assertThat(look("a.csv", new FileStamp(10, clock.millis() - SETTLE.toMillis())))
                .isTrue();
        assertThat(files.waiting()).isFalse();
    }

    @Test
    void aFileIsReadOnceItHasStoppedGrowing() {
        FileStamp growing = stamp(10);
        assertThat(look("a.csv", growing)).isFalse();
        assertThat(files.waiting()).isTrue();
        clock.advance(Duration.ofSeconds(1));
        growing = stamp(20);
        assertThat(look("a.csv", growing)).isFalse();
        clock.advance(Duration.ofMillis(1999));
        assertThat(look("a.csv", growing)).as("a millisecond too early").isFalse();
        clock.advance(Duration.ofMillis(1));
        assertThat(look("a.csv", growing)).isTrue();
        assertThat(files.waiting()).isFalse();
    }

    @Test
    void aTimeInTheFutureSaysNothingButStandingStillDoes() {
        FileStamp future = new FileStamp(10, clock.millis() + Duration.ofDays(1).toMillis());
        assertThat(look("a.csv", future)).isFalse();
        clock.advance(SETTLE);
        assertThat(look("a.csv", future)).isTrue();
    }

    @Test
    void aFileThatWasNotSeenInBetweenBeginsAnew() {
        FileStamp stamp = new FileStamp(10, clock.millis() + 3_600_000);
        assertThat(look("a.csv", stamp)).isFalse();
        clock.advance(SETTLE);
        assertThat(look("b.csv", stamp)).isFalse();
        assertThat(look("a.csv", stamp)).isFalse();
        clock.advance(SETTLE);
        assertThat(look("a.csv", stamp)).isTrue();
    }

    @Test
    void anOpFileIsWholeWhenItAppearsAndANameThatOnlyLooksLikeOneIsNot() {
        assertThat(look("eu/o-18@1763812345678-0.json", stamp(1))).isTrue();
        assertThat(look("mail@2024-01.json", stamp(1))).isFalse();
    }
}
