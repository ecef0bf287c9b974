package io.ghala.refresher.parts;

import io.ghala.arrow.ArrowSchemas;
import io.ghala.folder.ReferenceSchema;
import io.ghala.model.Column;
import io.ghala.model.ColumnType;
import io.ghala.model.Excerpt;
import io.ghala.refresher.rows.SourceRows;
import io.ghala.refresher.rows.TokenColumn;
import io.ghala.refresher.settings.TableSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/** Tells of a file that was read whether its values fit the types that the table's settings pin. */
public final class FitTypes {
    private final Map<String, ColumnType> pinned;
    private final boolean closed;
    private final BufferAllocator allocator;

    public FitTypes(TableSettings settings, BufferAllocator allocator) {
        this.pinned = settings.pinned();
        this.closed = settings.reference().isPresent();
        this.allocator = allocator;
    }

    /** Why the rows do not fit, empty when all do. */
    public Optional<String> problem(List<SourceRows> sources) {
        if (closed) {
            for (SourceRows source : sources) {
                for (String column : source.evidence().columns().keySet()) {
                    if (!pinned.containsKey(column)) {
                        return Optional.of("column '" + Excerpt.of(column) + "' is not in " + ReferenceSchema.FILE
                                + ": take it out of the file, or add the column there");
                    }
                }
            }
        }
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
