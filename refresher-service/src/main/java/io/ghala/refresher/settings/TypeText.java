package io.ghala.refresher.settings;

import io.ghala.model.ColumnType;
import io.ghala.model.ColumnType.DecimalType;
import io.ghala.model.ScalarType;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A pinned type as people write it: a scalar type's name or {@code DECIMAL(p,s)}. */
final class TypeText {
    private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\(\\s*([0-9]{1,2})\\s*,\\s*([0-9]{1,2})\\s*\\)");

    private TypeText() {}

    static ColumnType parse(String text) {
        String upper = text.strip().toUpperCase(Locale.ROOT);
        Matcher decimal = DECIMAL.matcher(upper);
        if (decimal.matches()) {
            return new DecimalType(Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
        }
        for (ScalarType type : ScalarType.values()) {
            if (type.name().equals(upper)) {
                return type;
            }
        }
        throw new IllegalArgumentException("'" + text + "' is no type that can be pinned: use DECIMAL(p,s) or one of "
                + Arrays.toString(ScalarType.values()));
    }
}
