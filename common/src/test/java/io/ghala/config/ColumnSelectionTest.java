package io.ghala.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghala.model.Column;
import io.ghala.model.ScalarType;
import io.ghala.model.TableName;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnSelectionTest {
    private static final Column ID = new Column("id", ScalarType.BIGINT);
    private static final Column CITY = new Column("City", ScalarType.VARCHAR);
    private static final Column DOTTED = new Column("x.y", ScalarType.VARCHAR);

    @Test
    void columnsAreNamedForOneTableOrForEvery() {
        ColumnSelection selection = ColumnSelection.parse("orders.city, *.id,other.id, orders.x.y");
        assertThat(selection.of(new TableName("orders"), List.of(ID, CITY, DOTTED)))
                .containsExactly(CITY, ID, DOTTED);
        assertThat(selection.of(new TableName("people"), List.of(ID, CITY))).containsExactly(ID);
    }

    @Test
    void nothingNamesNoColumn() {
        assertThat(ColumnSelection.parse(" ").of(new TableName("orders"), List.of(ID)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "orders.", ".id", "a.b,", "No Table.x"})
    void whatHasNoTableOrNoColumnIsRefused(String text) {
        assertThatThrownBy(() -> ColumnSelection.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
