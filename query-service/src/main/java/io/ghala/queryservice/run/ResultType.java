package io.ghala.queryservice.run;

import io.ghala.snapshot.text.JsonShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The type of a result's column as it goes out. Types for which not every format has a form are cast: fixed arrays to
 * lists, what has no Arrow form of its own to text or JSON. A type that is not known here is cast to text.
 *
 * @param name what to cast to, as DuckDB writes it
 * @param shape where its values hold JSON text: DuckDB's export to Arrow does not tell it from other text
 */
record ResultType(String name, JsonShape shape) {
    private static final Set<String> KEPT = Set.of(
            "BOOLEAN",
            "TINYINT",
            "SMALLINT",
            "INTEGER",
            "BIGINT",
            "HUGEINT",
            "UTINYINT",
            "USMALLINT",
            "UINTEGER",
            "UBIGINT",
            "FLOAT",
            "DOUBLE",
            "DECIMAL",
            "VARCHAR",
            "UUID",
            "BLOB",
            "DATE",
            "TIME",
            "TIME_NS",
            "TIMESTAMP",
            "TIMESTAMP_NS",
            "TIMESTAMP WITH TIME ZONE",
            "TIMESTAMPTZ_NS",
            "INTERVAL");
    private static final Map<String, String> CAST = Map.of(
            "TIMESTAMP_S",
            "TIMESTAMP",
            "TIMESTAMP_MS",
            "TIMESTAMP",
            "UNION",
            "JSON",
            "VARIANT",
            "JSON",
            "JSON",
            "JSON");

    /** Reads a type as DuckDB writes it, for example {@code STRUCT(a JSON, "b c" INTEGER[3])[]}. */
    static ResultType of(String written) {
        return new TypeParser(written).type();
    }

    private static ResultType scalar(String written, String upperCase) {
        if (KEPT.contains(upperCase)) {
            return new ResultType(written, JsonShape.UNKNOWN);
        }
        String target = CAST.getOrDefault(upperCase, "VARCHAR");
        return new ResultType(target, target.equals("JSON") ? new JsonShape(true, List.of()) : JsonShape.UNKNOWN);
    }

    private static final class TypeParser {
        private final String type;
        private int at;

        TypeParser(String type) {
            this.type = type;
        }

        ResultType type() {
            ResultType read = base();
            while (at < type.length() && type.charAt(at) == '[') {
                at = type.indexOf(']', at) + 1;
                read = new ResultType(read.name() + "[]", new JsonShape(false, List.of(read.shape())));
            }
            return read;
        }

        private ResultType base() {
            int start = at;
            while (at < type.length() && "(),[".indexOf(type.charAt(at)) < 0) {
                at++;
            }
            String name = type.substring(start, at).strip();
            String kind = name.toUpperCase(Locale.ROOT);
            boolean parameters = at < type.length() && type.charAt(at) == '(';
            return switch (kind) {
                case "STRUCT", "TUPLE", "MAP" -> parameters ? nested(kind) : new ResultType(name, JsonShape.UNKNOWN);
                default -> {
                    if (parameters) {
                        skipParameters();
                    }
                    yield scalar(type.substring(start, at).strip(), kind);
                }
            };
        }

        private ResultType nested(String kind) {
            List<JsonShape> shapes = new ArrayList<>();
            StringBuilder target = new StringBuilder(kind);
            while (type.charAt(at) != ')') {
                target.append(shapes.isEmpty() ? "(" : ", ");
                at++;
                skipBlanks();
                if (kind.equals("STRUCT")) {
                    target.append(fieldName()).append(' ');
                    skipBlanks();
                }
                ResultType child = type();
                target.append(child.name());
                shapes.add(child.shape());
            }
            at++;
            return new ResultType(target.append(')').toString(), new JsonShape(false, shapes));
        }

        private String fieldName() {
            int start = at;
            if (type.charAt(at) == '"') {
                skipQuoted('"');
            } else {
                at = type.indexOf(' ', at);
            }
            return type.substring(start, at);
        }

        private void skipBlanks() {
            while (type.charAt(at) == ' ') {
                at++;
            }
        }

        /** From the opening to behind the closing parenthesis; what stands in quotes counts for nothing. */
        private void skipParameters() {
            int open = 0;
            do {
                char c = type.charAt(at);
                if (c == '\'' || c == '"') {
                    skipQuoted(c);
                    continue;
                }
                open += c == '(' ? 1 : c == ')' ? -1 : 0;
                at++;
            } while (open > 0);
        }

        private void skipQuoted(char quote) {
            at++;
            while (type.charAt(at) != quote || (at + 1 < type.length() && type.charAt(at + 1) == quote)) {
                at += type.charAt(at) == quote ? 2 : 1;
            }
            at++;
        }
    }
}
