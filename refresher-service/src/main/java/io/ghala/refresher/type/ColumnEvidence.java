package io.ghala.refresher.type;

import io.ghala.model.Column;

/**
 * What is known of a column or field.
 *
 * @param spelling the bytewise greatest spelling of its name
 * @param position the smallest position it was seen at
 */
record ColumnEvidence(String spelling, int position, ValueEvidence values) {
    ColumnEvidence join(ColumnEvidence other) {
        if (equals(other)) {
            return this;
        }
        return new ColumnEvidence(
                spelling.compareTo(other.spelling) >= 0 ? spelling : other.spelling,
                Math.min(position, other.position),
                values.join(other.values));
    }

    String foldedName() {
        return Column.fold(spelling);
    }
}
