package io.ghala.benchmarks.stand;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghala.benchmarks.figures.BrokenRunException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SqlTest {
    @Test
    void acceptsOtherSpellingsOfTheSameValues() {
        assertThatCode(() -> Sql.requireSame(
                        "s",
                        List.of("1,0.30000000000000004,2026-03-01T10:00:00,x"),
                        List.of(List.of("1", "0.3", "2026-03-01 10:00:00.0", "x"))))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesOtherValuesOrderAndCounts() {
        assertThatThrownBy(() -> Sql.requireSame("s", List.of("1"), List.of(List.of("2"))))
                .isInstanceOf(BrokenRunException.class);
        assertThatThrownBy(() -> Sql.requireSame("s", List.of("1"), List.of(List.of("1"), List.of("2"))))
                .isInstanceOf(BrokenRunException.class);
        assertThatThrownBy(() -> Sql.requireSame("s", List.of("a,b"), List.of(List.of("b", "a"))))
                .isInstanceOf(BrokenRunException.class);
        assertThatThrownBy(() -> Sql.requireSame("s", List.of("1.0001"), List.of(List.of("1.0"))))
                .isInstanceOf(BrokenRunException.class);
    }
}
