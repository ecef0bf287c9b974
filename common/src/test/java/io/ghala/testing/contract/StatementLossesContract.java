package io.ghala.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.query.StatementHash;
import io.ghala.query.StatementLosses;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link StatementLosses} does. */
public interface StatementLossesContract {
    /** With nothing noted yet. */
    StatementLosses losses();

    @Test
    default void twoInstancesLostToAStatementMakeItRefused() {
        StatementLosses losses = losses();
        StatementHash poison = StatementHash.of("SELECT 1");
        StatementHash other = StatementHash.of("SELECT 2");
        losses.running("a", Set.of(poison, other));
        losses.lost("a", poison);
        losses.lost("a", poison);
        losses.lost("b", other);
        losses.ended("a", Set.of(other));
        assertThat(losses.refused()).isEmpty();
        losses.lost("b", poison);
        assertThat(losses.refused()).containsExactly(poison);
    }
}
