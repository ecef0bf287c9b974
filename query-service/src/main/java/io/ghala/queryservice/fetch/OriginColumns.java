package io.ghala.queryservice.fetch;

import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.BitSet;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.types.Types.MinorType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * The columns that tell of each row where it came from: {@link #BACK} and {@link #POSITION}, which is null for hidden
 * rows.
 */
public final class OriginColumns {
    /** BIGINT: number of the row's part in its upper half, the row counted over the part's blobs in the lower half. */
    public static final String POSITION = "_position";
    /** INTEGER: how many rows before it the run of rows of the same file begins, see {@link FileRuns}. */
    public static final String BACK = "_back";

    static final List<Field> FIELDS = List.of(
            Field.nullable(BACK, MinorType.INT.getType()), Field.nullable(POSITION, MinorType.BIGINT.getType()));

    private final int[] back;
    private final long[] positions;
    private final BitSet hidden = new BitSet();
    private int count;

    OriginColumns(int rows) {
        this.back = new int[rows];
        this.positions = new long[rows];
    }

    /** Adds the rows of a blob with the files that they came from, and to {@code runs} those. */
    void add(PartBlob blob, TextColumn files, FileRuns runs) {
        int first = 0;
        for (int row = 0; row < files.rows(); row++) {
            positions[count + row] = blob.part().position(blob.first() + row);
            if (row == 0 || !files.sameAsBefore(row)) {
                first = row;
                runs.add(positions[count + row], files, row);
            }
            back[count + row] = row - first;
        }
        BitSet hiddenInPart = blob.part().hidden();
        int end = blob.first() + files.rows();
        for (int row = hiddenInPart.nextSetBit(blob.first());
                row >= 0 && row < end;
                row = hiddenInPart.nextSetBit(row + 1)) {
            hidden.set(count + row - blob.first());
        }
        count += files.rows();
    }

    /** Adds the columns of {@link #FIELDS}. */
    void write(ColumnBuffers into) {
        into.column(count, 0);
        allValid(into);
        ints(into.buffer((long) count * Integer.BYTES)).put(back);
        into.column(count, hidden.cardinality());
        ArrowBuf validity = allValid(into);
        hidden.stream().forEach(row -> BitVectorHelper.unsetBit(validity, row));
        longs(into.buffer((long) count * Long.BYTES)).put(positions);
    }

    private ArrowBuf allValid(ColumnBuffers into) {
        ArrowBuf validity = into.buffer(BitAppender.bytes(count));
        new BitAppender(validity).ones(count);
        return validity;
    }

    private static IntBuffer ints(ArrowBuf buffer) {
        return buffer.capacity() == 0
                ? IntBuffer.allocate(0)
                : buffer.nioBuffer(0, Math.toIntExact(buffer.capacity()))
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asIntBuffer();
    }

    private static LongBuffer longs(ArrowBuf buffer) {
        return buffer.capacity() == 0
                ? LongBuffer.allocate(0)
                : buffer.nioBuffer(0, Math.toIntExact(buffer.capacity()))
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asLongBuffer();
    }
}
