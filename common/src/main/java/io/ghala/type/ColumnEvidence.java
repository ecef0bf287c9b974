package io.ghala.type;

import io.ghala.model.Column;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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

    // Compared for every file that is read, and mostly with itself; the generated method does not look for that.
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof ColumnEvidence evidence
                        && position == evidence.position
                        && spelling.equals(evidence.spelling)
                        && values.equals(evidence.values));
    }

    @Override
    public int hashCode() {
        return Objects.hash(spelling, position, values);
    }

    String foldedName() {
        return Column.fold(spelling);
    }
}
