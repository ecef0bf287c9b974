package io.ghala.queryservice.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.model.Column;
import io.ghala.model.ScalarType;
import io.ghala.model.TableName;
import io.ghala.model.TableSchema;
import io.ghala.queryservice.run.QuickStatements.Prepared;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QuickStatementsTest {
    private static final String SQL = "SELECT sum(v) FROM t";
    private static final Map<TableName, TableSchema> BIGINTS = tableOf(ScalarType.BIGINT);
    private static final Map<TableName, TableSchema> DOUBLES = tableOf(ScalarType.DOUBLE);

    private final QuickStatements statements = new QuickStatements();
    private final Prepared prepared =
            new Prepared(SQL, "SELECT CAST(c0 …)", new ResultColumns(List.of("sum(v)"), List.of("HUGEINT")), BIGINTS);

    private static Map<TableName, TableSchema> tableOf(ScalarType type) {
        return Map.of(new TableName("t"), new TableSchema(List.of(new Column("v", type))));
    }

    @Test
    void aQuickOneIsKnownOverTheSameColumnsAlone() {
        statements.note(prepared, QuickStatements.LONGEST_NANOS);
        assertThat(statements.find(SQL, BIGINTS)).contains(prepared);
        assertThat(statements.find(SQL, DOUBLES)).isEmpty();
        assertThat(statements.find(SQL, Map.of())).isEmpty();
    }

    @Test
    void aSlowOneIsNotKnown() {
        statements.note(prepared, QuickStatements.LONGEST_NANOS + 1);
        assertThat(statements.find(SQL, BIGINTS)).isEmpty();
    }

    @Test
    void oneThatHasBecomeSlowIsForgotten() {
        statements.note(prepared, 0);
        statements.note(prepared, QuickStatements.LONGEST_NANOS + 1);
        assertThat(statements.find(SQL, BIGINTS)).isEmpty();
    }
}
