package io.ghala.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghala.config.ConfigLoader;
import io.ghala.config.GhalaConfig.TableSelection;
import io.ghala.model.TableName;
import io.ghala.work.Closers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LeasedTablesTest {
    private static final TableName A = new TableName("a");
    private static final TableName B = new TableName("b");
    private static final TableName C = new TableName("c");

    private final List<String> seen = new ArrayList<>();

    /** Tables of which {@code b} is held by somebody else. */
    private static LeasedTables tables(TableSelection selection) {
        Leases leases = new Leases() {
            @Override
            public Optional<Lease> acquire(TableName table, String role) {
                return table.equals(B) ? Optional.empty() : Optional.of(new Lease(table, role, "token"));
            }

            @Override
            public boolean renew(Lease lease) {
                return true;
            }

            @Override
            public void release(Lease lease) {
                // Nothing keeps it.
            }
        };
        return new LeasedTables(
                selection,
                new HeldLeases(leases, "role", ConfigLoader.of(Map.of()).load(0).redis(), new Closers()));
    }

    @Test
    void onlySelectedTablesHaveTheirTurnAndAreToldWhetherTheyAreHeld() throws IOException, InterruptedException {
        tables(new TableSelection(Set.of(A, B))).each(List.of(A, B, C), (table, held) -> seen.add(table + " " + held));
        assertThat(seen).containsExactly("a true", "b false");
    }

    @Test
    void aTableThatFailsKeepsNoneFromItsTurnAndAllFailuresAreNamed() {
        LeasedTables tables = tables(new TableSelection(Set.of()));
        assertThatThrownBy(() -> tables.each(List.of(A, B, C), (table, held) -> {
                    seen.add(table.value());
                    if (held) {
                        throw new IOException("no space");
                    }
                }))
                .hasMessage("table a: no space")
                .satisfies(e -> assertThat(e.getSuppressed())
                        .extracting(Throwable::getMessage)
                        .containsExactly("table c: no space"));
        assertThat(seen).containsExactly("a", "b", "c");
    }
}
