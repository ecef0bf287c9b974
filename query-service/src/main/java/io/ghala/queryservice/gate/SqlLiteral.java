package io.ghala.queryservice.gate;

import com.fasterxml.jackson.databind.JsonNode;
import io.ghala.model.SqlName;
import io.ghala.query.SqlProblem;
import io.ghala.query.SqlProblem.Kind;
import io.ghala.query.SqlProblemException;

/** A value of JSON as a literal of SQL that stands for the same wherever a parameter may stand. */
final class SqlLiteral {
    private SqlLiteral() {}

    /**
     * The literal, with blanks around it so that it joins no neighbour.
     *
     * @param name the parameter that it is the value of
     * @throws SqlProblemException BAD_REQUEST when it is no text, number, true, false, null or list of such
     */
    static String of(JsonNode value, String name) {
        StringBuilder out = new StringBuilder(" ");
        append(value, name, out);
        return out.append(' ').toString();
    }

    private static void append(JsonNode value, String name, StringBuilder out) {
        switch (value.getNodeType()) {
            case NULL -> out.append("NULL");
            case BOOLEAN -> out.append(value.booleanValue() ? "TRUE" : "FALSE");
            case NUMBER -> {
                // A sign binds weaker than an operator that may follow.
                String number = value.asText();
                out.append(number.startsWith("-") ? "(" + number + ")" : number);
            }
            case STRING -> {
                if (value.textValue().indexOf('\0') >= 0) {
                    throw refused(name, "holds the character NUL, which no text of a table does");
                }
                out.append(SqlName.literal(value.textValue()));
            }
            case ARRAY -> {
                out.append('[');
                String separator = "";
                for (JsonNode element : value) {
                    out.append(separator);
                    append(element, name, out);
                    separator = ", ";
                }
                out.append(']');
            }
            default -> throw refused(name, "is an object: give a text, a number, true, false, null or a list of them");
        }
    }

    private static SqlProblemException refused(String name, String why) {
        return new SqlProblemException(
                new SqlProblem(Kind.BAD_REQUEST, "the value of the parameter $" + name + " " + why));
    }
}
