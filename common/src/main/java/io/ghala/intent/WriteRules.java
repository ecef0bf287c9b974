package io.ghala.intent;

import io.ghala.model.KeyColumn;
import io.ghala.model.RowId;
import io.ghala.model.TableSchema;
import io.ghala.type.TypeBasis;
import io.ghala.type.TypeChanges;
import java.util.Optional;

/** What upserts of one table must be like, as it is published at the moment. */
public final class WriteRules {
    private final KeyColumn keyColumn;
    private final Optional<TypeChanges> types;

    private WriteRules(KeyColumn keyColumn, Optional<TypeChanges> types) {
        this.keyColumn = keyColumn;
        this.types = types;
    }

    /** Of a table of which nothing is published. */
    public static WriteRules of(KeyColumn keyColumn) {
        return new WriteRules(keyColumn, Optional.empty());
    }

    /** Of a table that is published with these columns, whose types rest on {@code basis}. */
    public static WriteRules of(KeyColumn keyColumn, TableSchema schema, TypeBasis basis) {
        return new WriteRules(keyColumn, TypeChanges.of(schema, basis));
    }

    /** Whether a write may make a column another kind of type. */
    public enum TypeChange {
        REFUSE,
        ALLOW
    }

    public KeyColumn keyColumn() {
        return keyColumn;
    }

    /**
     * Checks an upsert before it is queued.
     *
     * @throws io.ghala.model.InvalidValueException when it could never be applied
     * @throws TypeChangeException when it would make a column another kind of type, unless that is allowed
     */
    public void require(RowId id, String payload, TypeChange change) {
        IntentValidation.requireValid(id, payload, keyColumn);
        if (change == TypeChange.REFUSE) {
            types.flatMap(known -> known.problem(id, payload, keyColumn)).ifPresent(problem -> {
                throw new TypeChangeException(problem);
            });
        }
    }
}
