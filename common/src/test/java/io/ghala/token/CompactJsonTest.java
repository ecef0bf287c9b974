package io.ghala.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompactJsonTest {
    private static Token read(String json) {
        byte[] bytes = ("[" + json + "]").getBytes(StandardCharsets.UTF_8);
        return CompactJson.read(bytes, 1, bytes.length - 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "[1,-2.50,1e400,12345678901234567890123]",
                "[true,false,null,\"\",\"true\"]",
                "{\"a\":{\"b\":[{}]},\"a\":1,\"\":[[],[2]]}",
                "[\"a\\\"b\\\\c\\/d\\b\\f\\n\\r\\t\\u0001\\u00e9\\uD83D\\uDE00\",\"ü\uD83D\uDE00,]}\"]",
                "{\"k\\n\":\"[\\\"\"}",
            })
    void readsWhatAParserReads(String json) throws IOException {
        try (JsonParser parser = JsonTokens.parser(json)) {
            parser.nextToken();
            assertThat(read(json)).isEqualTo(Token.read(parser));
        }
        assertThat(read(read(json).json())).isEqualTo(read(json));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[", "[1", "[1,", "{\"a\"", "{\"a\":", "{\"a\":1", "\"a", "\"a\\", "\"\\u00", "[1]]", "[,]"})
    void complainsOfWhatWasCutOff(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> CompactJson.read(bytes, 0, bytes.length)).isInstanceOf(IllegalStateException.class);
    }
}
