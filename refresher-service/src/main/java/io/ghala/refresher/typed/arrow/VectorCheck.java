package io.ghala.refresher.typed.arrow;

import io.ghala.refresher.typed.RefusedFileException;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseLargeVariableWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BaseVariableWidthViewVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.ExtensionTypeVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.LargeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.complex.UnionVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.arrow.vector.util.ValueVectorUtility;

/** Checks that all offsets and sizes of loaded vectors stay inside of their buffers, before anything follows them. */
final class VectorCheck {
    private VectorCheck() {}

    /** Checks that every column of a batch has as many rows as the batch. */
    static void lengths(ArrowRecordBatch batch, Schema schema) throws RefusedFileException {
        List<ArrowFieldNode> nodes = batch.getNodes();
        int at = 0;
        for (Field field : schema.getFields()) {
            if (batch.getLength() < 0 || at >= nodes.size() || nodes.get(at).getLength() != batch.getLength()) {
                throw new RefusedFileException(
                        "column '" + field.getName() + "' has another number of rows than its batch");
            }
            at += nodes(field);
        }
    }

    private static int nodes(Field field) {
        // The values of a dictionary are not in the batch.
        int count = 1;
        if (field.getDictionary() == null) {
            for (Field child : field.getChildren()) {
                count += nodes(child);
            }
        }
        return count;
    }

    static void check(VectorSchemaRoot root) throws RefusedFileException {
        for (FieldVector vector : root.getFieldVectors()) {
            check(vector, root.getRowCount());
            if (arrowChecks(vector.getField())) {
                ValueVectorUtility.validateFull(vector);
            }
        }
    }

    /**
     * Arrow's own full check asks lists of a fixed size for offsets, which they have not, and refuses maps and decimals
     * that have all the digits of their precision. They are left to the checks here and in their cells.
     */
    private static boolean arrowChecks(Field field) {
        return !(field.getType() instanceof ArrowType.FixedSizeList)
                && !(field.getType() instanceof ArrowType.Decimal)
                && !(field.getType() instanceof ArrowType.Map)
                && field.getChildren().stream().allMatch(VectorCheck::arrowChecks);
    }

    /** Checks that {@code vector} has {@code rows} values that all lie inside of it. */
    static void check(FieldVector vector, long rows) throws RefusedFileException {
        require(rows >= 0 && rows <= vector.getValueCount(), vector);
        if (vector instanceof ExtensionTypeVector<?> extension) {
            check((FieldVector) extension.getUnderlyingVector(), rows);
            return;
        }
        if (rows == 0) {
            return;
        }
        if (vector instanceof BaseFixedWidthVector fixed) {
            long bits = vector instanceof BitVector ? 1 : (long) fixed.getTypeWidth() * Byte.SIZE;
            require(fixed.getDataBuffer().capacity() * Byte.SIZE >= bits * rows, vector);
        } else if (vector instanceof BaseVariableWidthVector text) {
            offsets(vector, text.getOffsetBuffer(), rows, text.getDataBuffer().capacity());
        } else if (vector instanceof BaseLargeVariableWidthVector text) {
            largeOffsets(
                    vector, text.getOffsetBuffer(), rows, text.getDataBuffer().capacity());
        } else if (vector instanceof BaseVariableWidthViewVector views) {
            views(views, rows);
        } else {
            nested(vector, rows);
        }
    }

    private static void nested(FieldVector vector, long rows) throws RefusedFileException {
        if (vector instanceof ListVector list) {
            FieldVector elements = list.getDataVector();
            offsets(vector, list.getOffsetBuffer(), rows, elements.getValueCount());
            check(elements, elements.getValueCount());
        } else if (vector instanceof LargeListVector list) {
            FieldVector elements = list.getDataVector();
            largeOffsets(vector, list.getOffsetBuffer(), rows, elements.getValueCount());
            check(elements, elements.getValueCount());
        } else if (vector instanceof FixedSizeListVector list) {
            check(list.getDataVector(), rows * list.getListSize());
        } else if (vector instanceof StructVector || vector instanceof UnionVector) {
            if (vector instanceof UnionVector union) {
                require(union.getTypeBuffer().capacity() >= rows, vector);
            }
            for (FieldVector child : vector.getChildrenFromFields()) {
                check(child, rows);
            }
        }
    }

    private static void offsets(FieldVector vector, ArrowBuf offsets, long rows, long end) throws RefusedFileException {
        require(offsets.capacity() >= (rows + 1) * Integer.BYTES, vector);
        long last = offsets.getInt(0);
        require(last >= 0, vector);
        for (long i = 1; i <= rows; i++) {
            long next = offsets.getInt(i * Integer.BYTES);
            require(next >= last, vector);
            last = next;
        }
        require(last <= end, vector);
    }

    private static void largeOffsets(FieldVector vector, ArrowBuf offsets, long rows, long end)
            throws RefusedFileException {
        require(offsets.capacity() >= (rows + 1) * Long.BYTES, vector);
        long last = offsets.getLong(0);
        require(last >= 0, vector);
        for (long i = 1; i <= rows; i++) {
            long next = offsets.getLong(i * Long.BYTES);
            require(next >= last, vector);
            last = next;
        }
        require(last <= end, vector);
    }

    private static void views(BaseVariableWidthViewVector vector, long rows) throws RefusedFileException {
        ArrowBuf views = vector.getDataBuffer();
        List<ArrowBuf> buffers = vector.getDataBuffers();
        require(views.capacity() >= rows * BaseVariableWidthViewVector.ELEMENT_SIZE, vector);
        for (long i = 0; i < rows; i++) {
            long at = i * BaseVariableWidthViewVector.ELEMENT_SIZE;
            int length = views.getInt(at);
            require(length >= 0 || vector.isNull((int) i), vector);
            if (length > BaseVariableWidthViewVector.INLINE_SIZE && !vector.isNull((int) i)) {
                int buffer = views.getInt(at + Integer.BYTES * 2L);
                int start = views.getInt(at + Integer.BYTES * 3L);
                require(buffer >= 0 && buffer < buffers.size() && start >= 0, vector);
                require((long) start + length <= buffers.get(buffer).capacity(), vector);
            }
        }
    }

    private static void require(boolean inside, FieldVector vector) throws RefusedFileException {
        if (!inside) {
            throw new RefusedFileException("it is not a readable Arrow file: an offset or size of column '"
                    + vector.getName() + "' points outside of its buffers");
        }
    }
}
