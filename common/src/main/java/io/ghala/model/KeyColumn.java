package io.ghala.model;

/** The column whose text is the id of a row, spelled as the settings of the table spell it. */
public record KeyColumn(String name) {
    public KeyColumn {
        if (name.isEmpty()) {
            throw new InvalidValueException("the key column has no name: set key in _table.conf, or KEY_COLUMN");
        }
    }

    /** The name by which a column of a file is the key column: see {@link Column#fold}. */
    public String foldedName() {
        return Column.fold(name);
    }

    @Override
    public String toString() {
        return name;
    }
}
