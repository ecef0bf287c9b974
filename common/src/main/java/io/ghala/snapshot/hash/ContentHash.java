package io.ghala.snapshot.hash;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import io.ghala.model.TableSchema;
import io.ghala.snapshot.SchemaCodec;
import io.ghala.snapshot.text.JsonRowText;
import io.ghala.snapshot.text.Utf8Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * The hash of a set of rows. Each row's hash is the 128-bit Murmur3 of its JSON text with all stored columns; the root hash is the sum of the
 * rows' hashes as two 64-bit lanes, wrapping, mixed with the number of rows and the schema's JSON. It is free of the order of rows and of how
 * they are spread over parts and blobs; the part hash keeps the order.
 */
public final class ContentHash {
    private long low;
    private long high;
    private long rows;
    private final Hasher ordered = Hashing.murmur3_128().newHasher();

    /** Adds the rows of {@code root}, whose columns are the stored columns of the table. */
    public void add(VectorSchemaRoot root) {
        JsonRowText text = new JsonRowText(root.getFieldVectors());
        Utf8Buffer row = new Utf8Buffer();
        for (int i = 0; i < root.getRowCount(); i++) {
            row.clear();
            text.append(i, row);
            HashCode hash = Hashing.murmur3_128().hashBytes(row.array(), 0, row.size());
            ByteBuffer bytes = ByteBuffer.wrap(hash.asBytes()).order(ByteOrder.LITTLE_ENDIAN);
            low += bytes.getLong();
            high += bytes.getLong();
            ordered.putBytes(hash.asBytes());
        }
        rows += root.getRowCount();
    }

    /** 32 hexadecimal digits over schema and rows, whatever their order. */
    public String root(TableSchema schema) {
        Hasher hasher = Hashing.murmur3_128().newHasher();
        hasher.putString(SchemaCodec.encode(schema).toString(), StandardCharsets.UTF_8);
        return HexFormat.of()
                .formatHex(
                        hasher.putLong(low).putLong(high).putLong(rows).hash().asBytes());
    }

    /** 32 hexadecimal digits over the rows in their order. Ends the hash: no rows can be added after it. */
    public String part() {
        return HexFormat.of().formatHex(ordered.hash().asBytes());
    }
}
