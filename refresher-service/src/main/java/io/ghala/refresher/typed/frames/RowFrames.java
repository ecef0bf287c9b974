package io.ghala.refresher.typed.frames;

import io.ghala.refresher.typed.RefusedFileException;
import io.ghala.refresher.typed.cells.Cells;
import io.ghala.snapshot.text.Utf8Buffer;
import io.ghala.token.TokenKind;
import io.ghala.type.EvidenceCodec;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes rows of vectors as frames: columns, blocks of about {@value #BLOCK_BYTES} bytes, and the end with the
 * evidence.
 */
public final class RowFrames {
    public static final int COLUMNS = 'C';
    static final int BLOCK = 'B';
    static final int END = 'E';
    static final int REFUSED = 'R';
    static final int MOST_COLUMNS = 100_000;
    /** Most rows of a block. */
    static final int BLOCK_ROWS = 8192;
    /** Most bytes of text in one cell. */
    static final int MOST_CELL_BYTES = 256 * 1024 * 1024;

    private static final int BLOCK_BYTES = 4 * 1024 * 1024;

    private final DataOutputStream out;
    private final List<Column> columns = new ArrayList<>();
    private int rows;
    private long bytes;

    public RowFrames(DataOutputStream out) {
        this.out = out;
    }

    public void columns(List<String> names, List<Cells> cells) throws IOException {
        if (names.isEmpty() || names.size() > MOST_COLUMNS) {
            throw new RefusedFileException("it has " + names.size() + " columns; 1 to " + MOST_COLUMNS + " are read");
        }
        out.writeByte(COLUMNS);
        out.writeInt(names.size());
        for (int i = 0; i < names.size(); i++) {
            writeText(names.get(i));
            columns.add(new Column(cells.get(i)));
        }
    }

    /** Writes the rows that the vectors behind the cells hold now. */
    public void rows(int count) throws IOException {
        for (int row = 0; row < count; row++) {
            for (Column column : columns) {
                bytes += column.add(row, rows);
            }
            rows++;
            if (rows == BLOCK_ROWS || bytes >= BLOCK_BYTES) {
                flush();
            }
        }
    }

    private void flush() throws IOException {
        if (rows > 0) {
            out.writeByte(BLOCK);
            out.writeInt(rows);
            for (Column column : columns) {
                column.write(rows, out);
            }
        }
        rows = 0;
        bytes = 0;
    }

    public void end() throws IOException {
        flush();
        out.writeByte(END);
        for (Column column : columns) {
            EvidenceCodec.write(column.cells.evidence(), out);
        }
        out.flush();
    }

    /** Says that the file cannot be taken, whatever was written of it. */
    public static void refuse(String reason, DataOutputStream out) throws IOException {
        out.writeByte(REFUSED);
        byte[] text = Frames.utf8(reason);
        out.writeInt(text.length);
        out.write(text);
        out.flush();
    }

    private void writeText(String text) throws IOException {
        byte[] utf8 = Frames.utf8(text);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    private static final class Column {
        private final Cells cells;
        private final byte[] kinds = new byte[BLOCK_ROWS];
        private final int[] lengths = new int[BLOCK_ROWS];
        private final Utf8Buffer text = new Utf8Buffer();

        Column(Cells cells) {
            this.cells = cells;
        }

        int add(int row, int at) throws RefusedFileException {
            int from = text.size();
            TokenKind kind = cells.isNull(row) ? TokenKind.NULL : cells.text(row, text);
            kinds[at] = kind.code();
            int length = text.size() - from;
            if (length > MOST_CELL_BYTES) {
                throw new RefusedFileException("a value has more than " + MOST_CELL_BYTES + " bytes of text");
            }
            lengths[at] = length;
            return length;
        }

        void write(int rows, DataOutputStream out) throws IOException {
            out.write(kinds, 0, rows);
            ByteBuffer buffer = ByteBuffer.allocate(rows * Integer.BYTES);
            buffer.asIntBuffer().put(lengths, 0, rows);
            out.write(buffer.array());
            out.writeInt(text.size());
            out.write(text.array(), 0, text.size());
            text.clear();
        }
    }
}
