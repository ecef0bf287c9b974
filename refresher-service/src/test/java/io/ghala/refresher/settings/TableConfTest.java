package io.ghala.refresher.settings;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghala.config.ConfigLoader;
import io.ghala.config.GhalaConfig;
import io.ghala.config.GhalaConfig.SchemaEvolution;
import io.ghala.model.KeyColumn;
import io.ghala.model.ScalarType;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableConfTest {
    private static final GhalaConfig SERVICE =
            ConfigLoader.of(Map.of("KEY_COLUMN", "k")).load(0);

    @Test
    void withoutAFileTheSettingsAreThoseOfTheService() {
        TableSettings settings = TableConf.parse("", SERVICE);
        assertThat(settings.keyColumn()).isEqualTo(new KeyColumn("k"));
        assertThat(settings.pinned()).isEmpty();
        assertThat(settings.evolution()).isEqualTo(SchemaEvolution.UNION);
        assertThat(settings.csv().delimiter()).isEmpty();
        assertThat(settings.csv().header()).isTrue();
        assertThat(settings.csv().quote()).isEqualTo('"');
        assertThat(settings.csv().encoding()).isEqualTo(StandardCharsets.UTF_8);
    }

    @Test
    void everySettingIsTaken() {
        TableSettings settings = TableConf.parse("""
                key = nr
                schema = fail
                types { Amount = "DECIMAL(10,2)", when = DATE }
                csv { delimiter = ";", header = false, quote = "'", encoding = "ISO-8859-1" }
                """, SERVICE);
        assertThat(settings.keyColumn()).isEqualTo(new KeyColumn("nr"));
        assertThat(settings.evolution()).isEqualTo(SchemaEvolution.FAIL);
        assertThat(settings.pinned()).containsOnlyKeys("amount", "when").containsEntry("when", ScalarType.DATE);
        assertThat(requireNonNull(settings.pinned().get("amount")).sql()).isEqualTo("DECIMAL(10,2)");
        assertThat(settings.csv().delimiter()).contains(';');
        assertThat(settings.csv().header()).isFalse();
        assertThat(settings.csv().quote()).isEqualTo('\'');
        assertThat(settings.csv().encoding()).isEqualTo(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            colour = red              | there is no setting colour
            csv.delimiter = ";;"      | csv.delimiter must be one character
            csv.quote = ""            | csv.quote must be one character
            schema = perhaps          | perhaps
            types { a = NOSUCH }      | NOSUCH
            csv.encoding = nosuch     | nosuch
            csv { delimiter =         | line 1
            csv.header = maybe        | header
            """)
    void aSlipIsNamedInWordsForWhoWroteIt(String text, String culprit) {
        assertThatThrownBy(() -> TableConf.parse(text, SERVICE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(culprit)
                .hasMessageNotContaining("com.typesafe");
    }
}
