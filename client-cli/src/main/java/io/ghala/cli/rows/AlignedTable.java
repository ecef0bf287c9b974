package io.ghala.cli.rows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jline.utils.WCWidth;

/**
 * Rows as columns for people: aligned by the width that characters have on a terminal, numbers to the right, text cut
 * to the width of the screen. Widths follow from the header and the first rows, so that rows can be shown as they come.
 * A number is never cut, since what is left of it would be another number: one that is wider than its column moves the
 * rest of its line.
 */
final class AlignedTable {
    private static final int ROWS_LOOKED_AT = 1000;
    private static final int NARROWEST = 5;
    private static final String BETWEEN = " | ";
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?|-?Infinity|NaN");

    private final int screen;
    private final Appendable out;
    private final List<List<Cell>> first = new ArrayList<>();
    private int[] widths = {};
    private boolean[] toTheRight = {};
    private boolean begun;

    /** {@code screen} is the number of characters in a line, 0 for no bound. */
    AlignedTable(int screen, Appendable out) {
        this.screen = screen;
        this.out = out;
    }

    /** Takes a row; the first one is the header. */
    void row(List<Cell> row) throws IOException {
        if (begun) {
            print(row);
            return;
        }
        first.add(row);
        if (first.size() > ROWS_LOOKED_AT) {
            begin();
        }
    }

    void end() throws IOException {
        if (!begun && !first.isEmpty()) {
            begin();
        }
    }

    private void begin() throws IOException {
        begun = true;
        List<Cell> header = first.get(0);
        measure(header);
        print(header);
        for (int i = 0; i < widths.length; i++) {
            out.append(i == 0 ? "" : "-+-").append("-".repeat(widths[i]));
        }
        out.append('\n');
        for (List<Cell> row : first.subList(1, first.size())) {
            print(row);
        }
        first.clear();
    }

    private void measure(List<Cell> header) {
        widths = new int[header.size()];
        toTheRight = new boolean[header.size()];
        for (int column = 0; column < widths.length; column++) {
            int widest = width(header.get(column).shown());
            boolean numbers = true;
            boolean anything = false;
            for (List<Cell> row : first.subList(1, first.size())) {
                Cell cell = row.get(column);
                widest = Math.max(widest, width(cell.shown()));
                numbers &= cell.isNull() || NUMBER.matcher(cell.text()).matches();
                anything |= !cell.isNull();
            }
            widths[column] = widest;
            toTheRight[column] = numbers && anything;
        }
        fitScreen();
    }

    /** Takes from the widest columns of text until the line fits, or all are narrow. */
    private void fitScreen() {
        int excess = BETWEEN.length() * (widths.length - 1) - screen;
        for (int width : widths) {
            excess += width;
        }
        while (screen > 0 && excess > 0) {
            int widest = -1;
            for (int i = 0; i < widths.length; i++) {
                widest = !toTheRight[i] && (widest < 0 || widths[i] > widths[widest]) ? i : widest;
            }
            if (widest < 0 || widths[widest] <= NARROWEST) {
                return;
            }
            widths[widest]--;
            excess--;
        }
    }

    private void print(List<Cell> row) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            String text = shown(row.get(i), widths[i]);
            String padding = " ".repeat(Math.max(0, widths[i] - width(text)));
            line.append(i == 0 ? "" : BETWEEN);
            line.append(toTheRight[i] ? padding + text : text + padding);
        }
        out.append(line.toString().stripTrailing()).append('\n');
    }

    private String shown(Cell cell, int width) {
        return cell.isNull() || !NUMBER.matcher(cell.text()).matches() ? cut(cell.shown(), width) : cell.shown();
    }

    /** {@code text} if it fits, else as much of it as fits before an ellipsis. */
    private String cut(String text, int width) {
        if (screen == 0 || width(text) <= width) {
            return text;
        }
        StringBuilder kept = new StringBuilder();
        int used = 1;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            used += Math.max(0, WCWidth.wcwidth(c));
            if (used > width) {
                break;
            }
            kept.appendCodePoint(c);
        }
        return kept.append('…').toString();
    }

    static int width(String text) {
        return text.codePoints().map(c -> Math.max(0, WCWidth.wcwidth(c))).sum();
    }
}
