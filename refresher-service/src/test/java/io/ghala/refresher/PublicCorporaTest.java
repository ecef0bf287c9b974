package io.ghala.refresher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What public collections of hard files hold, made again in a few words each: csv-spectrum, csv-test-data and
 * JSONTestSuite. Each is accepted with exactly these rows or refused.
 */
class PublicCorporaTest {
    @TempDir
    Path temp;

    private Table table(String name, String content) throws IOException {
        return new Folder(temp).with(name, content).table();
    }

    private void rows(String csv, String... rows) throws IOException {
        Table table = table("a.csv", csv);
        assertThat(table.refused()).as(csv).isEmpty();
        assertThat(table.rows()).as(csv).containsExactly(rows);
    }

    private void refused(String csv, String reason) throws IOException {
        Table table = table("a.csv", csv);
        assertThat(table.rows()).as(csv).isEmpty();
        assertThat(table.refused()).as(csv).hasSize(1);
        assertThat(table.refused().get(0).reason()).contains(reason);
    }

    @Test
    void csvSpectrum() throws IOException {
        for (String end : List.of("\n", "\r\n")) {
            rows("a,b,c" + end + "1,2,3" + end, "{\"a\":1,\"b\":2,\"c\":3}");
            rows(
                    "a,b,c" + end + "1,\"\",\"\"" + end + "2,3,4" + end,
                    "{\"a\":1,\"b\":\"\",\"c\":\"\"}",
                    "{\"a\":2,\"b\":\"3\",\"c\":\"4\"}");
            rows(
                    "a,b" + end + "\"Twice" + end + "told\",5" + end,
                    "{\"a\":\"Twice" + (end.length() == 1 ? "\\n" : "\\r\\n") + "told\",\"b\":5}");
        }
        rows("who,where\nAda,\"12 Long St., Anytown\"\n", "{\"who\":\"Ada\",\"where\":\"12 Long St., Anytown\"}");
        rows("a,b\n1,\"he \"\"says\"\" so\"\n3,4\n", "{\"a\":1,\"b\":\"he \\\"says\\\" so\"}", "{\"a\":3,\"b\":\"4\"}");
        rows("a,b\n1,\"he \n\"\"says\"\" \nso\"\n", "{\"a\":1,\"b\":\"he \\n\\\"says\\\" \\nso\"}");
        rows(
                "k,v\n1,\"{\"\"type\"\": \"\"Point\"\", \"\"at\"\": [1.0, 0.5]}\"\n",
                "{\"k\":1,\"v\":\"{\\\"type\\\": \\\"Point\\\", \\\"at\\\": [1.0, 0.5]}\"}");
        rows("a,b\n1,ʤ\n", "{\"a\":1,\"b\":\"ʤ\"}");
    }

    @Test
    void csvTestData() throws IOException {
        rows("");
        rows("\n\n");
        rows("foo\n1\n", "{\"foo\":1}");
        rows("foo\n\n", "{\"foo\":null}");
        rows("foo\n1", "{\"foo\":1}");
        rows("foo,bar\n1,2", "{\"foo\":1,\"bar\":2}");
        rows("foo,bar,baz\n1,,3\n", "{\"foo\":1,\"bar\":null,\"baz\":3}");
        rows("foo,bar\n1, x\n", "{\"foo\":1,\"bar\":\" x\"}");
        rows("foo,bar\n1,x \n", "{\"foo\":1,\"bar\":\"x \"}");
        rows("foo,bar\n1,\"x, y\"\n", "{\"foo\":1,\"bar\":\"x, y\"}");
        rows("foo,bar\n1,a \"b\" c\n", "{\"foo\":1,\"bar\":\"a \\\"b\\\" c\"}");
        rows("foo,bar\n1,😎\n", "{\"foo\":1,\"bar\":\"😎\"}");
        rows("foo,bar,baz\n");
        refused("foo,bar,baz\n1,2\n", "line 2 has 2 cells where the first line has 3");
        refused("foo,bar,baz\n1,2,3,4\n", "line 2 has 4 cells where the first line has 3");
        refused("foo,bar,baz\n1,\"2,3\n", "the quote that opens in line 2 is never closed");
        refused("foo,bar,baz\n1,\"a \"b\" c\",3\n", "the record that begins in line 2 has text after a closing quote");
    }

    private void json(String name, String value, List<String> rows) throws IOException {
        Table table = table(name, "{\"v\":" + value + "}");
        assertThat(table.rows()).as(value).isEqualTo(rows);
        assertThat(table.refused()).as(value).hasSize(rows.isEmpty() ? 1 : 0);
    }

    @Test
    void jsonTestSuite() throws IOException {
        for (String name : List.of("b.ndjson", "b.jsonl")) {
            json(name, "0e+1", List.of("{\"v\":0.0}"));
            json(name, "-0", List.of("{\"v\":-0.0}"));
            json(name, "1.5E-2", List.of("{\"v\":0.015}"));
            json(name, "\"\\u0060\\u012a\\u12AB\"", List.of("{\"v\":\"`Īካ\"}"));
            json(name, "\"\\uDBFF\\uDFFF\"", List.of("{\"v\":\"\udbff\udfff\"}"));
            json(name, "\"\\\\u0000\"", List.of("{\"v\":\"\\\\u0000\"}"));
            json(name, " [ ] ", List.of("{\"v\":[]}"));
        }
        for (String bad : List.of(
                "[1 true]",
                "[\"\": 1]",
                "[1,]",
                "[,1]",
                "[1,,2]",
                "[1",
                "[-]",
                "[nul]",
                "[++1]",
                "[+1]",
                "[-01]",
                "[.5]",
                "[0.]",
                "[0e]",
                "[0x1]",
                "[012]",
                "[1 000]",
                "[1e1.]",
                "[Infinity]",
                "[NaN]",
                "[-NaN]",
                "[１]",
                "{\"x\" 1}",
                "{\"x\":}",
                "{\"x\"::1}",
                "{\"x\":1,}",
                "{x:1}",
                "{'x':1}",
                "{1:1}",
                "[\"\\x00\"]",
                "[\"\\u00A\"]",
                "[\"\\uD834\\uDd\"]",
                "[\"\\uD834\\u\"]",
                "[\"\\a\"]",
                "[\"\\\"]",
                "[\"a\nb\"]",
                "[\"a\tb\"]",
                "['x']",
                "[\"x\"]x",
                "[\"x\"]]",
                "[1]//",
                "/**/[1]",
                "<.>",
                "[\u2060]",
                "[\ufeff]",
                "[TRUE]",
                "[\"\\uD800\"]",
                "[\"\\uDFAA\\uD800\"]",
                "[\"\\uD888\\u1234\"]")) {
            json("b.json", bad, List.of());
            json("b.ndjson", bad, List.of());
        }
        for (String end : List.of("UTF-16LE", "UTF-16BE", "UTF-16", "UTF-8")) {
            byte[] content = "{\"v\":\"é\"}".getBytes(Charset.forName(end));
            assertThat(new Folder(temp).with("a.ndjson", content).table().rows())
                    .as(end)
                    .containsExactly("{\"v\":\"é\"}");
        }
        byte[] latin = "{\"v\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(new Folder(temp).with("a.ndjson", latin).table().refused()).hasSize(1);
    }
}
