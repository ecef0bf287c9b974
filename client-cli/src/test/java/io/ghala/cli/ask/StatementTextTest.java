package io.ghala.cli.ask;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"SELECT 1;", "SELECT ';';", "SELECT \";\";", "-- ;\n1;", "/* ; */ 1;", "SELECT 'it''s;';", ";"})
    void aStatementEndsAtItsSemicolon(String statement) {
        assertThat(StatementText.end(statement + " rest")).isEqualTo(statement.length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SELECT 1", "SELECT ';", "SELECT 1 -- ;", "/* ;", "SELECT \"a;"})
    void anUnfinishedStatementHasNoEnd(String statement) {
        assertThat(StatementText.end(statement)).isEqualTo(-1);
    }
}
