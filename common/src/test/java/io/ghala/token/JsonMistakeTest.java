package io.ghala.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonMistakeTest {
    private static String of(String json) {
        return JsonMistake.of(catchThrowableOfType(JsonProcessingException.class, () -> {
            try (JsonParser parser = JsonTokens.parser(json)) {
                parser.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
                while (parser.nextToken() != null) {
                    if (parser.currentToken().isNumeric()) {
                        parser.getNumberValue();
                    }
                }
            }
        }));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a":1,"a":2}   | the field "a" is there twice (line 1, column 11)
            {"a":NaN}       | NaN is no number of JSON
            {"a":-Infinity} | -Infinity is no number of JSON
            {"a":nul}       | 'nul' is no value
            {"a":01}        | a number begins with 0
            {"a":'x'}       | double quotes, not in single ones
            {"a":1          | it ends in the middle
            {"a":1]         | ']' closes what was not opened
            {"a" 1}         | the character '1' cannot stand there
            {"a":"\\q"}     | \\q is no escape
            """)
    void tellsWhatIsWrong(String json, String mistake) {
        assertThat(of(json)).contains(mistake).contains("(line 1, column ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":\"x\ny\"}",
                "{\"a\":+1}",
                "{\"a\":.5}",
                "{\"a\":1.}",
                "{\"a\":\"\\u12\"}",
                "{a:1}",
                "/* x */ {}",
                "{\"a\":1e}",
                "\u0000",
                "{\"a\":True}",
                "{,}",
                "[1,]"
            })
    void speaksOfNoLibrary(String json) {
        assertThat(of(json))
                .doesNotContainIgnoringCase("feature")
                .doesNotContainIgnoringCase("java")
                .doesNotContain("(code ")
                .doesNotContain("enable")
                .contains("(line ");
    }
}
