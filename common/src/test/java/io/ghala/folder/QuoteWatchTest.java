package io.ghala.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuoteWatchTest {
    /** Read to the end, some characters at a time. */
    private static OptionalLong openedIn(String text, int together) throws IOException {
        try (QuoteWatch watch = new QuoteWatch(new StringReader(text), ',', '"')) {
            char[] some = new char[together];
            int got = together;
            while (got >= 0) {
                assertThat(watch.openedIn()).as("before the end").isEmpty();
                got = together == 1 ? Math.min(watch.read(), 0) : watch.read(some, 0, together);
            }
            return watch.openedIn();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'\"',1",
        "'a,\"x',1",
        "'a\nb,\"x\nc\n',2",
        "'a\r\nb\r\n\"x',3",
        "'a\rb\r\"x\r',3",
        "'\"a\"\"b',1",
        "'\"a\"\n\"b\"\"',2"
    })
    void aQuoteThatIsNeverClosedIsToldByTheLineWhereItOpens(String escaped, long line) throws IOException {
        String text = escaped.replace("\\n", "\n").replace("\\r", "\r");
        for (int together : new int[] {1, 2, 3, 100}) {
            assertThat(openedIn(text, together)).as("%d together", together).hasValue(line);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a,b\n", "\"\"", "\"a\"\"b\"", "a\"b", "a\"b\"\"", "\"a\nb\",c\n", "\"a\"\n\"\"\"\""})
    void closedQuotesAndThoseInsideOfBareCellsAreNone(String text) throws IOException {
        for (int together : new int[] {1, 2, 3, 100}) {
            assertThat(openedIn(text, together)).as("%d together", together).isEmpty();
        }
    }
}
