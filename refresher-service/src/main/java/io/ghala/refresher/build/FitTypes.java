package io.ghala.refresher.build;

import io.ghala.model.Column;
import io.ghala.model.ColumnType;
import io.ghala.refresher.read.SourceRows;
import io.ghala.refresher.read.TokenColumn;
import io.ghala.snapshot.arrow.ArrowSchemas;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/** Tells of a file that was read whether its values fit the types that the table's settings pin. */
public final class FitTypes {
    private final Map<String, ColumnType> pinned;
    private final BufferAllocator allocator;

    /** {@code pinned} is by folded column name. */
    public FitTypes(Map<String, ColumnType> pinned, BufferAllocator allocator) {
        this.pinned = Map.copyOf(pinned);
        this.allocator = allocator;
    }

    /** Why the rows do not fit, empty when all do. */
    public Optional<String> problem(List<SourceRows> sources) {
        for (Map.Entry<String, ColumnType> pin : pinned.entrySet()) {
            Column column = new Column(pin.getKey(), pin.getValue());
            try (FieldVector scratch = ArrowSchemas.field(column).createVector(allocator)) {
                FillColumn fill = new FillColumn(column, scratch);
                sources.forEach(source -> fill(fill, source, column.foldedName()));
            } catch (UnfitValueException e) {
                return Optional.of(String.valueOf(e.getMessage()));
            }
        }
        return Optional.empty();
    }

    private static void fill(FillColumn fill, SourceRows source, String column) {
        TokenColumn tokens = source.batch().column(column);
        for (int row = source.firstRow(); row < source.firstRow() + source.rows() && tokens != null; row++) {
            fill.set(row - source.firstRow(), tokens, row, source.file());
        }
    }
}
