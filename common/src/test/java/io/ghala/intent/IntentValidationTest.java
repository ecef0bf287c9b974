package io.ghala.intent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghala.model.InvalidValueException;
import io.ghala.model.KeyColumn;
import io.ghala.model.RowId;
import java.util.List;
import org.junit.jupiter.api.Test;

class IntentValidationTest {
    private static final RowId SEVEN = new RowId("7");
    private static final KeyColumn ID = new KeyColumn("id");

    @Test
    void takesPayloadsWhoseKeyIsTheIdInAnyForm() {
        for (String payload :
                List.of("{}", "{\"id\":7}", "{\"id\":\"7\"}", "{\"ID\":7.0}", "{\"id\":7e0,\"a\":[{\"b\":1}]}")) {
            assertThatCode(() -> IntentValidation.requireValid(SEVEN, payload, ID))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void refusesWhatCanNeverBeApplied() {
        for (String payload : List.of(
                "",
                "x",
                "[]",
                "7",
                "{} {}",
                "{\"id\":8}",
                "{\"id\":null}",
                "{\"id\":[7]}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":1,\"A\":2}",
                "{\"a\":007}",
                "{\"a\":NaN}",
                "{\"a\":\"\ud800\"}",
                "{\"a\":" + "[".repeat(200) + "]".repeat(200) + "}")) {
            assertThatThrownBy(() -> IntentValidation.requireValid(SEVEN, payload, ID))
                    .as(payload)
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContaining("payload of row '7'");
        }
    }

    @Test
    void refusesWhatNoReaderCouldLoad() {
        for (String payload : List.of(
                "{\"a\":\"\\ud800\"}",
                "{\"a\":[{\"b\":\"\\udc00\"}]}",
                "{\"a\\u0000b\":1}",
                "{\"a\":{\"b\\u0000\":1}}",
                "{\"" + "n".repeat(1001) + "\":1}",
                "{\"a\":" + "[".repeat(64) + "]".repeat(64) + "}")) {
            assertThatThrownBy(() -> IntentValidation.requireValid(SEVEN, payload, ID))
                    .as(payload)
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContaining("payload of row '7' cannot be loaded: ");
        }
        assertThatCode(() -> {
                    IntentValidation.requireValid(SEVEN, "{\"a\":\"\\ud83d\\ude00\"}", ID);
                    IntentValidation.requireValid(SEVEN, "{\"" + "n".repeat(1000) + "\":1}", ID);
                    IntentValidation.requireValid(SEVEN, "{\"a\":" + "[".repeat(63) + "]".repeat(63) + "}", ID);
                })
                .doesNotThrowAnyException();
    }

    @Test
    void complainsInWordsAboutTheText() {
        assertThatThrownBy(() -> IntentValidation.requireValid(SEVEN, "{\"a\":NaN}", ID))
                .hasMessageContaining(
                        "is not valid JSON (NaN is no number of JSON: write null, or a text in quotes (line 1, column ");
    }

    @Test
    void aPayloadNamesItsRowByItsKey() {
        assertThat(IntentValidation.idOf("{\"a\":{\"id\":1},\"ID\":7.0}", ID)).isEqualTo(SEVEN);
        assertThat(IntentValidation.idOf("{\"k\":\"x y\"}", new KeyColumn("k"))).isEqualTo(new RowId("x y"));
        for (String payload : List.of("{}", "{\"id\":null}", "{\"id\":[]}", "{\"id\":\"\"}", "[]", "{\"a\":1", "")) {
            assertThatThrownBy(() -> IntentValidation.idOf(payload, ID))
                    .as(payload)
                    .isInstanceOf(InvalidValueException.class);
        }
    }
}
