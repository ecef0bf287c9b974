package io.ghala.queryservice.run;

import io.ghala.snapshot.text.JsonShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads from a type as DuckDB writes it, for example {@code STRUCT(a JSON, "b c" INTEGER)[]}, where its values hold JSON text. */
final class TypeShape {
    private final String type;
    private int at;

    private TypeShape(String type) {
        this.type = type;
    }

    static JsonShape of(String type) {
        return new TypeShape(type).type();
    }

    private JsonShape type() {
        JsonShape shape = base();
        while (at < type.length() && type.charAt(at) == '[') {
            at = type.indexOf(']', at) + 1;
            shape = new JsonShape(false, List.of(shape));
        }
        return shape;
    }

    private JsonShape base() {
        int start = at;
        while (at < type.length() && "(),[".indexOf(type.charAt(at)) < 0) {
            at++;
        }
        String name = type.substring(start, at).strip().toUpperCase(Locale.ROOT);
        if (at == type.length() || type.charAt(at) != '(') {
            return name.equals("JSON") ? new JsonShape(true, List.of()) : JsonShape.UNKNOWN;
        }
        at++;
        List<JsonShape> children = new ArrayList<>();
        while (at < type.length() && type.charAt(at - 1) != ')') {
            if (name.equals("STRUCT")) {
                skipFieldName();
            }
            children.add(type());
            at++;
        }
        return name.equals("STRUCT") || name.equals("MAP") ? new JsonShape(false, children) : JsonShape.UNKNOWN;
    }

    private void skipFieldName() {
        while (type.charAt(at) == ' ') {
            at++;
        }
        if (type.charAt(at) == '"') {
            at++;
            while (type.charAt(at) != '"' || (at + 1 < type.length() && type.charAt(at + 1) == '"')) {
                at += type.charAt(at) == '"' ? 2 : 1;
            }
            at++;
        } else {
            at = type.indexOf(' ', at);
        }
    }
}
