package io.ghala.snapshot.codec;

import io.ghala.arrow.ArrowSchemas;
import io.ghala.model.Column;
import io.ghala.model.TableSchema;
import io.ghala.snapshot.CorruptSnapshotException;
import io.ghala.token.Token;
import io.ghala.token.TokenKind;
import io.ghala.token.VectorFiller;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.jspecify.annotations.Nullable;

/**
 * Vectors of a table's stored columns that are filled row by row from tokens. Closing frees them unless they were
 * taken.
 */
final class TokenRows implements AutoCloseable {
    private final List<VectorFiller> fillers = new ArrayList<>();
    private @Nullable VectorSchemaRoot root;
    private int rows;

    TokenRows(TableSchema schema, BufferAllocator allocator) {
        List<Column> columns = schema.storedColumns();
        VectorSchemaRoot fresh = VectorSchemaRoot.create(ArrowSchemas.schema(columns), allocator);
        for (int i = 0; i < columns.size(); i++) {
            fillers.add(VectorFiller.of(columns.get(i).type(), fresh.getVector(i)));
        }
        this.root = fresh;
    }

    /** Sets a cell of the current row; null tokens leave it null. */
    void set(int column, Token token) {
        if (column >= fillers.size()) {
            throw new CorruptSnapshotException("a row has more than the table's " + fillers.size() + " stored columns");
        }
        if (!(token instanceof Token.Scalar scalar) || scalar.kind() != TokenKind.NULL) {
            fillers.get(column).set(rows, token);
        }
    }

    void endRow() {
        rows++;
    }

    /** The filled vectors; the caller closes them. */
    VectorSchemaRoot take() {
        VectorSchemaRoot taken = root;
        if (taken == null) {
            throw new IllegalStateException("the rows were taken already");
        }
        taken.setRowCount(rows);
        root = null;
        return taken;
    }

    @Override
    public void close() {
        if (root != null) {
            root.close();
        }
    }
}
