package io.ghala.queryservice.run;

import io.ghala.model.Column;
import io.ghala.model.SqlName;
import io.ghala.snapshot.text.JsonShape;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The columns of a result: distinct names, and casts for types outside the closed set. */
record ResultColumns(List<String> names, List<String> types) {
    static ResultColumns of(ResultSetMetaData data) throws SQLException {
        List<String> names = new ArrayList<>();
        List<String> types = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (int i = 1; i <= data.getColumnCount(); i++) {
            String name = data.getColumnName(i);
            String distinct = name;
            for (int n = 1; !taken.add(Column.fold(distinct)); n++) {
                distinct = name + "_" + n;
            }
            names.add(distinct);
            types.add(data.getColumnTypeName(i));
        }
        return new ResultColumns(names, types);
    }

    /**
     * Where each column of the wrapped statement holds JSON text: DuckDB's export to Arrow does not tell it from other
     * text.
     */
    List<JsonShape> shapes() {
        return types.stream().map(type -> ResultType.of(type).shape()).toList();
    }

    /**
     * The statement with distinct names and only types of the closed set, order of rows as written; empty where it is
     * so already.
     */
    Optional<String> wrap(String sql, ResultSetMetaData data) throws SQLException {
        boolean needed = false;
        StringBuilder select = new StringBuilder("SELECT ");
        StringBuilder aliases = new StringBuilder();
        for (int i = 0; i < names.size(); i++) {
            String from = "c" + i;
            String expression = cast(types.get(i), from);
            needed |= !expression.equals(from) || !names.get(i).equals(data.getColumnName(i + 1));
            select.append(i == 0 ? "" : ", ").append(expression).append(" AS ").append(SqlName.quoted(names.get(i)));
            aliases.append(i == 0 ? "" : ", ").append(from);
        }
        return needed ? Optional.of(select + " FROM (\n" + sql + "\n) AS result(" + aliases + ")") : Optional.empty();
    }

    private static String cast(String written, String column) {
        String target = ResultType.of(written).name();
        return target.equals(written) ? column : "CAST(" + column + " AS " + target + ")";
    }
}
