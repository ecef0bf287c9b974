package io.ghala.refresher.typed.frames;

import io.ghala.refresher.rows.CellBlock;
import io.ghala.refresher.typed.RefusedFileException;
import io.ghala.token.TokenKind;
import io.ghala.type.EvidenceCodec;
import io.ghala.type.ValueEvidence;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the frames that {@link RowFrames} writes, believing nothing: the process that wrote them read a hostile file.
 */
public final class Frames {
    private static final int MOST_NAME_BYTES = 1 << 20;
    private static final long MOST_BLOCK_BYTES = RowFrames.MOST_CELL_BYTES + (64L << 20);

    private final DataInputStream in;

    public Frames(DataInputStream in) {
        this.in = in;
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Called before each frame. */
    public interface Watcher {
        void next();
    }

    /**
     * Reads one file's frames.
     *
     * @throws RefusedFileException when the file was refused
     * @throws IOException when the frames end early or are none
     */
    public void read(TypedRows rows, Watcher watcher) throws IOException {
        int columns = -1;
        while (true) {
            watcher.next();
            int frame = in.readUnsignedByte();
            if (frame == RowFrames.REFUSED) {
                throw new RefusedFileException(text());
            }
            if (frame == RowFrames.COLUMNS && columns < 0) {
                List<String> names = names();
                columns = names.size();
                rows.columns(names);
            } else if (frame == RowFrames.BLOCK && columns > 0) {
                block(columns, rows);
            } else if (frame == RowFrames.END && columns > 0) {
                List<ValueEvidence> evidence = new ArrayList<>();
                for (int i = 0; i < columns; i++) {
                    evidence.add(EvidenceCodec.read(in));
                }
                rows.evidence(evidence);
                return;
            } else {
                throw new IOException("frame " + frame + " out of place");
            }
        }
    }

    private List<String> names() throws IOException {
        int count = within(in.readInt(), 1, RowFrames.MOST_COLUMNS);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(text());
        }
        return names;
    }

    private String text() throws IOException {
        byte[] utf8 = new byte[within(in.readInt(), 0, MOST_NAME_BYTES)];
        in.readFully(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    private void block(int columns, TypedRows rows) throws IOException {
        int count = within(in.readInt(), 1, RowFrames.BLOCK_ROWS);
        List<CellBlock> blocks = new ArrayList<>(columns);
        for (int i = 0; i < columns; i++) {
            blocks.add(cells(count));
        }
        rows.block(count, blocks);
    }

    private CellBlock cells(int count) throws IOException {
        byte[] kinds = new byte[count];
        in.readFully(kinds);
        byte[] lengthBytes = new byte[count * Integer.BYTES];
        in.readFully(lengthBytes);
        int[] lengths = new int[count];
        ByteBuffer.wrap(lengthBytes).asIntBuffer().get(lengths);
        long total = 0;
        for (int i = 0; i < count; i++) {
            within(kinds[i], TokenKind.NULL.code(), TokenKind.NESTED.code());
            total += within(lengths[i], 0, RowFrames.MOST_CELL_BYTES);
        }
        int bytes = in.readInt();
        if (bytes != total || bytes > MOST_BLOCK_BYTES) {
            throw new IOException("a block of " + bytes + " bytes whose cells have " + total);
        }
        byte[] text = new byte[bytes];
        in.readFully(text);
        return new CellBlock(kinds, lengths, text);
    }

    private static int within(int value, int least, int most) throws IOException {
        if (value < least || value > most) {
            throw new IOException(value + " where " + least + " to " + most + " is possible");
        }
        return value;
    }
}
