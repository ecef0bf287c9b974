package io.ghala.cli.rows;

import java.util.ArrayList;
import java.util.List;

/** Takes a block of a CSV answer apart. Blocks end where rows end. */
final class CsvCells {
    private final String text;
    private int at;

    private CsvCells(String text) {
        this.text = text;
    }

    static List<List<Cell>> rows(String block) {
        CsvCells cells = new CsvCells(block);
        List<List<Cell>> rows = new ArrayList<>();
        while (cells.at < block.length()) {
            rows.add(cells.row());
        }
        return rows;
    }

    private List<Cell> row() {
        List<Cell> row = new ArrayList<>();
        row.add(cell());
        while (at < text.length() && text.charAt(at) == ',') {
            at++;
            row.add(cell());
        }
        while (at < text.length() && (text.charAt(at) == '\r' || text.charAt(at) == '\n')) {
            at++;
            if (text.charAt(at - 1) == '\n') {
                break;
            }
        }
        return row;
    }

    private Cell cell() {
        if (at < text.length() && text.charAt(at) == '"') {
            return quoted();
        }
        int from = at;
        while (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return new Cell(text.substring(from, at), from == at);
    }

    private Cell quoted() {
        StringBuilder out = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != '"') {
                out.append(c);
            } else if (at < text.length() && text.charAt(at) == '"') {
                out.append('"');
                at++;
            } else {
                break;
            }
        }
        return new Cell(out.toString(), false);
    }
}
