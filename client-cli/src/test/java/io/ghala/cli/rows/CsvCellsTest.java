package io.ghala.cli.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CsvCellsTest {
    private static Cell text(String text) {
        return new Cell(text, false);
    }

    private static final Cell NULL = new Cell("", true);

    @Test
    void quotesLineBreaksAndNullsAreKeptApart() {
        assertThat(CsvCells.rows("a,\"b \"\"c\"\", d\",\r\n\"\",\"x\r\ny\",z\r\n"))
                .containsExactly(
                        List.of(text("a"), text("b \"c\", d"), NULL), List.of(text(""), text("x\r\ny"), text("z")));
    }

    @Test
    void aRowOfOneNullIsARow() {
        assertThat(CsvCells.rows("a\r\n\r\nb\r\n"))
                .containsExactly(List.of(text("a")), List.of(NULL), List.of(text("b")));
    }
}
