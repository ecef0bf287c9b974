package io.ghala.refresher.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghala.model.ColumnType.DecimalType;
import io.ghala.model.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TypeTextTest {
    @Test
    void scalarTypesAndDecimalsAreTaken() {
        assertThat(TypeText.parse(" bigint ")).isEqualTo(ScalarType.BIGINT);
        assertThat(TypeText.parse("Decimal( 10 , 2 )")).isEqualTo(new DecimalType(10, 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "NUMBER", "DECIMAL", "DECIMAL(10)", "DECIMAL(99,2)", "INTEGER[]"})
    void whatIsNoTypeIsRefused(String text) {
        assertThatThrownBy(() -> TypeText.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
