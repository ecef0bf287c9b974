package io.ghala.snapshot.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.ghala.model.TableSchema;
import io.ghala.snapshot.CorruptSnapshotException;
import io.ghala.snapshot.text.JsonRowText;
import io.ghala.snapshot.text.Utf8Buffer;
import io.ghala.token.JsonTokens;
import io.ghala.token.Token;
import java.io.IOException;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;

/** A blob as JSON lines: an object a row with all stored columns, numbers exact, BLOB as base64. */
final class JsonBlobCodec implements BlobCodec {
    @Override
    public byte[] encode(VectorSchemaRoot root) {
        JsonRowText text = new JsonRowText(root.getFieldVectors());
        Utf8Buffer out = new Utf8Buffer();
        for (int row = 0; row < root.getRowCount(); row++) {
            text.append(row, out);
            out.ascii('\n');
        }
        return out.toByteArray();
    }

    @Override
    public VectorSchemaRoot decode(byte[] bytes, TableSchema schema, BufferAllocator allocator) {
        try (TokenRows rows = new TokenRows(schema, allocator);
                JsonParser parser = JsonTokens.parser(bytes)) {
            while (parser.nextToken() != null) {
                for (int column = 0; parser.nextToken() != JsonToken.END_OBJECT; column++) {
                    parser.nextToken();
                    rows.set(column, Token.read(parser));
                }
                rows.endRow();
            }
            return rows.take();
        } catch (IOException | IllegalArgumentException | ArithmeticException e) {
            throw new CorruptSnapshotException("a JSON blob cannot be read: " + e.getMessage(), e);
        }
    }
}
