package io.ghala.refresher.verify.fold;

import io.ghala.arrow.ArrowSchemas;
import io.ghala.model.Column;
import io.ghala.token.Token;
import io.ghala.token.TokenKind;
import io.ghala.token.VectorFiller;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Casts rows of tokens to the types of their columns and hands them on in batches. Closing frees what was not handed
 * on.
 */
public final class RowBatches implements AutoCloseable {
    private static final int ROWS = 1 << 14;
    private final List<VectorFiller> fillers = new ArrayList<>();
    private final VectorSchemaRoot root;
    private final Consumer<VectorSchemaRoot> sink;
    private int rows;

    public RowBatches(List<Column> columns, BufferAllocator allocator, Consumer<VectorSchemaRoot> sink) {
        this.root = VectorSchemaRoot.create(ArrowSchemas.schema(columns), allocator);
        this.sink = sink;
        for (int i = 0; i < columns.size(); i++) {
            fillers.add(VectorFiller.of(columns.get(i).type(), root.getVector(i)));
        }
    }

    /** Sets a value of the current row; null and absent ones leave it null. */
    public void set(int column, Token token) {
        boolean none = token instanceof Token.Scalar scalar
                && (scalar.kind() == TokenKind.NULL || scalar.kind() == TokenKind.ABSENT);
        if (!none) {
            fillers.get(column).set(rows, token);
        }
    }

    public void endRow() {
        if (++rows == ROWS) {
            flush();
        }
    }

    /** Hands on the rows of the last batch. */
    public void flush() {
        root.setRowCount(rows);
        sink.accept(root);
        root.clear();
        rows = 0;
    }

    @Override
    public void close() {
        root.close();
    }
}
