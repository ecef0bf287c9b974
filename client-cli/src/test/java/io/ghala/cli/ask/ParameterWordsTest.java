package io.ghala.cli.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghala.model.InvalidValueException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterWordsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            7          | [7]
            -1.50      | [-1.50]
            007        | ["007"]
            it's       | ["it's"]
            "7"        | ["7"]
            "a=b"      | ["a=b"]
            null       | [null]
            [1, "x"]   | [[1,"x"]]
            {"a":1}    | ["{\\"a\\":1}"]
            2024-02-29 | ["2024-02-29"]
            1 2        | ["1 2"]
            ``         | [""]
            a=7        | {"a":7}
            näme=x=y   | {"näme":"x=y"}
            a=         | {"a":""}
            """)
    void aWordIsTheValueThatItLooksLike(String word, String json) {
        assertThat(ParameterWords.read(List.of(word)).json()).isEqualTo(json);
    }

    @Test
    void wordsStandForParametersInTheirOrder() {
        assertThat(ParameterWords.read(List.of("1", "b")).json()).isEqualTo("[1,\"b\"]");
        assertThat(ParameterWords.read(List.of()).isEmpty()).isTrue();
    }

    @Test
    void namesAreGivenToAllOrNoneAndOnce() {
        assertThatThrownBy(() -> ParameterWords.read(List.of("a=1", "2")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("--param a=… has a name and another --param has none");
        assertThatThrownBy(() -> ParameterWords.read(List.of("a=1", "a=2")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("twice");
    }
}
