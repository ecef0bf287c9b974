package io.ghala.cli.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlignedTableTest {
    private static String table(int screen, String csv) throws IOException {
        StringBuilder out = new StringBuilder();
        AlignedTable table = new AlignedTable(screen, out);
        for (List<Cell> row : CsvCells.rows(csv)) {
            table.row(row);
        }
        table.end();
        return out.toString();
    }

    @Test
    void numbersStandRightTextLeftAndNullIsNoText() throws IOException {
        assertThat(table(0, "id,name\r\n1,Ann\r\n200,\r\n3,\"\"\r\n4,NULL\r\n")).isEqualTo("""
                         id | name
                        ----+-------
                          1 | Ann
                        200 | NULL
                          3 |
                          4 | "NULL"
                        """);
    }

    @Test
    void wideCharactersTakeTwoPlacesAndControlCharactersNone() throws IOException {
        assertThat(table(0, "a,b\r\n日本,x\r\n\"l\n\u001b[31m\",y\r\n"))
                .contains("日本" + " ".repeat(9) + " | x")
                .contains("l\\n\\u001b[31m")
                .doesNotContain("\u001b");
    }

    @Test
    void theWidestColumnIsCutToTheScreen() throws IOException {
        String table = table(20, "id,text\r\n1,abcdefghijklmnopqrstuvwxyz\r\n");
        assertThat(table.lines()).allMatch(line -> AlignedTable.width(line) <= 20);
        assertThat(table).contains(" 1 | abcdefghijklmn…");
    }

    @Test
    void aNumberIsNeverCutHoweverLateItComesAndHoweverNarrowTheScreenIs() throws IOException {
        StringBuilder csv = new StringBuilder("range\r\n");
        for (int i = 0; i < 3000; i++) {
            csv.append(i).append("\r\n");
        }
        assertThat(table(80, csv.toString())).contains("\n 2999\n").doesNotContain("…");
        assertThat(table(10, "a,b\r\n123456789012,-1.5e300\r\n1,2\r\n")).contains("123456789012 | -1.5e300");
        assertThat(table(16, "id,text\r\n123456789,abcdefghij\r\n")).contains("123456789 | abcd…");
    }

    @Test
    void textThatComesLateIsCutVisibly() throws IOException {
        StringBuilder csv = new StringBuilder("t\r\n");
        for (int i = 0; i < 1000; i++) {
            csv.append("abcdef\r\n");
        }
        csv.append("abcdefgh\r\n12345678\r\n");
        assertThat(table(80, csv.toString())).endsWith("abcde…\n12345678\n");
    }

    @Test
    void anAnswerWithoutRowsShowsItsColumns() throws IOException {
        assertThat(table(0, "a,b\r\n")).isEqualTo("a | b\n--+--\n");
    }

    @Test
    void rowsAfterTheFirstThousandAreShownToo() throws IOException {
        StringBuilder csv = new StringBuilder("n\r\n");
        for (int i = 0; i < 3000; i++) {
            csv.append(i).append("\r\n");
        }
        assertThat(table(0, csv.toString()).lines()).hasSize(3002);
    }
}
