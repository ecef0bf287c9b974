package io.ghala.type;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.model.Column;
import io.ghala.model.ColumnType.DecimalType;
import io.ghala.model.KeyColumn;
import io.ghala.model.ScalarType;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TypeOfTest {
    private static final KeyColumn ID = new KeyColumn("Id");

    private static TableEvidence columns(ColumnEvidence... columns) {
        Map<String, ColumnEvidence> byName = new HashMap<>();
        for (ColumnEvidence column : columns) {
            byName.put(column.foldedName(), column);
        }
        return new TableEvidence(byName);
    }

    @Test
    void theKeyComesFirstThenPositionsThenNames() {
        TableEvidence evidence = columns(
                new ColumnEvidence("b", 1, DeclaredEvidence.TEXT),
                new ColumnEvidence("A", 1, DeclaredEvidence.DATE),
                new ColumnEvidence("ID", 2, DeclaredEvidence.integer(BigInteger.TEN)),
                new ColumnEvidence("z", 0, DeclaredEvidence.BOOLEAN));
        assertThat(TypeOf.schema(evidence, ID, Map.of()).columns())
                .containsExactly(
                        new Column("ID", ScalarType.BIGINT),
                        new Column("z", ScalarType.BOOLEAN),
                        new Column("A", ScalarType.DATE),
                        new Column("b", ScalarType.VARCHAR));
    }

    @Test
    void aPinnedTypeWinsAndItsColumnIsThereWithoutRows() {
        TableEvidence evidence = columns(new ColumnEvidence("N", 0, DeclaredEvidence.TEXT));
        assertThat(TypeOf.schema(evidence, ID, Map.of("n", new DecimalType(9, 2), "m", ScalarType.DATE))
                        .columns())
                .containsExactly(new Column("N", new DecimalType(9, 2)), new Column("m", ScalarType.DATE));
    }

    @Test
    void anEmptyTableHasItsKey() {
        assertThat(TypeOf.schema(TableEvidence.NOTHING, ID, Map.of()).columns())
                .containsExactly(new Column("Id", ScalarType.VARCHAR));
    }
}
