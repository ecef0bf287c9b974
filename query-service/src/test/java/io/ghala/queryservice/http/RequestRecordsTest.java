package io.ghala.queryservice.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.queryservice.http.RequestRecords.State;
import io.ghala.web.RequestId;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RequestRecordsTest {
    private final RequestRecords records = new RequestRecords(Clock.systemUTC());

    private static RequestId id(int number) {
        return new RequestId("r" + number);
    }

    @Test
    void remembersTheLatestAndForgetsTheOldest() {
        for (int i = 0; i < 5000; i++) {
            records.began(id(i), "POST", "/sql");
        }
        assertThat(records.find(id(0))).isEmpty();
        assertThat(records.find(id(4999 - 4096))).isEmpty();
        assertThat(records.find(id(5000 - 4096))).isPresent();
        assertThat(records.find(id(4999)))
                .hasValueSatisfying(r -> assertThat(r.state()).isEqualTo(State.RUNNING));
    }

    @Test
    void keepsNoLongReasonWhole() {
        records.began(id(1), "POST", "/sql" + "x".repeat(10_000));
        records.ended(id(1), State.REFUSED, 400, Optional.of("y".repeat(1_000_000)));
        assertThat(records.find(id(1))).hasValueSatisfying(record -> {
            assertThat(record.reason().orElseThrow()).hasSizeLessThan(2100).endsWith("…");
            assertThat(record.what()).hasSizeLessThan(200);
            assertThat(record.status()).isEqualTo(400);
        });
    }
}
