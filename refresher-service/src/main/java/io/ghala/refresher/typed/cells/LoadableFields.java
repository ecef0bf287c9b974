package io.ghala.refresher.typed.cells;

import io.ghala.model.InvalidValueException;
import io.ghala.model.Loadable;
import io.ghala.refresher.typed.RefusedFileException;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Checks that columns of a typed file are {@link Loadable}: their names, those of the fields inside, and their depth.
 */
public final class LoadableFields {
    private LoadableFields() {}

    public static void require(List<Field> columns) throws RefusedFileException {
        try {
            for (Field column : columns) {
                Loadable.requireName(column.getName());
                children(column, column.getName(), 1);
            }
        } catch (InvalidValueException e) {
            throw new RefusedFileException(String.valueOf(e.getMessage()), e);
        }
        if (columns.size() > Loadable.MOST_COLUMNS) {
            throw new RefusedFileException("it has " + columns.size() + " columns, more than the "
                    + Loadable.MOST_COLUMNS + " that one file can have");
        }
    }

    private static void children(Field field, String column, int depth) {
        for (Field child : field.getChildren()) {
            Loadable.requireDepth(column, depth);
            Loadable.requireName(child.getName());
            children(child, column, depth + 1);
        }
    }
}
