package io.ghala.type;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Evidence as bytes, between processes of one version: kinds, digits, scale, then element and fields, each with a mark
 * or a count.
 */
public final class EvidenceCodec {
    private static final int MOST_DEPTH = 256;

    private EvidenceCodec() {}

    public static void write(ValueEvidence evidence, DataOutput out) throws IOException {
        out.writeInt(evidence.kinds());
        out.writeInt(evidence.integerDigits());
        out.writeInt(evidence.scale());
        ValueEvidence element = evidence.element();
        out.writeBoolean(element != null);
        if (element != null) {
            write(element, out);
        }
        out.writeShort(evidence.fields().size());
        for (ColumnEvidence field : evidence.fields().values()) {
            out.writeUTF(field.spelling());
            out.writeInt(field.position());
            write(field.values(), out);
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException when the bytes are no evidence
     */
    public static ValueEvidence read(DataInput in) throws IOException {
        return read(in, 0);
    }

    private static ValueEvidence read(DataInput in, int depth) throws IOException {
        if (depth > MOST_DEPTH) {
            throw new IOException("evidence is nested more than " + MOST_DEPTH + " levels deep");
        }
        int kinds = in.readInt();
        int integerDigits = in.readInt();
        int scale = in.readInt();
        @Nullable ValueEvidence element = in.readBoolean() ? read(in, depth + 1) : null;
        Map<String, ColumnEvidence> fields = new HashMap<>();
        int count = in.readUnsignedShort();
        for (int i = 0; i < count; i++) {
            ColumnEvidence field = new ColumnEvidence(in.readUTF(), in.readInt(), read(in, depth + 1));
            fields.put(field.foldedName(), field);
        }
        return new ValueEvidence(kinds, integerDigits, scale, element, fields);
    }
}
