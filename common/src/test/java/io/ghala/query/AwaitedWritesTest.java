package io.ghala.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghala.model.InvalidValueException;
import io.ghala.model.TableName;
import io.ghala.model.WriteToken;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AwaitedWritesTest {
    private static final String T1 = "0123456789abcdef:1763812345678-0";
    private static final String T2 = "fedcba9876543210:1763812345678-7";

    @Test
    void itsTextIsReadBack() {
        for (List<String> given : List.of(List.of(T1), List.of("b=" + T1 + ", a=" + T2), List.of("a=" + T2))) {
            AwaitedWrites writes = AwaitedWrites.parse(given);
            assertThat(AwaitedWrites.parse(List.of(writes.toString()))).isEqualTo(writes);
        }
        assertThat(AwaitedWrites.parse(List.of("a=" + T1, "b=" + T2)).byTable())
                .isEqualTo(Map.of(new TableName("a"), WriteToken.parse(T1), new TableName("b"), WriteToken.parse(T2)));
        assertThat(AwaitedWrites.parse(List.of())).isEqualTo(AwaitedWrites.NONE);
    }

    @Test
    void aTokenThatBelongsToNoOneTableIsRefused() {
        for (List<String> given : List.of(
                List.of(T1, T2),
                List.of("a=" + T1, T2),
                List.of("a=" + T1, "a=" + T2),
                List.of("A b=" + T1),
                List.of(""))) {
            assertThatThrownBy(() -> AwaitedWrites.parse(given)).isInstanceOf(InvalidValueException.class);
        }
    }
}
