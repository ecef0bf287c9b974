package io.ghala.snapshot.text;

import java.util.List;

/**
 * Where a value holds JSON text, for vectors whose schema does not say it: the value itself, or what is nested in it.
 *
 * @param json whether the value is JSON text
 * @param children the shapes of a list's element, of a struct's fields in order, or of a map's key and value; none
 *     where nothing is known
 */
public record JsonShape(boolean json, List<JsonShape> children) {
    /** Nothing is known beyond what the vector's own schema says. */
    public static final JsonShape UNKNOWN = new JsonShape(false, List.of());

    public JsonShape {
        children = List.copyOf(children);
    }

    JsonShape child(int index) {
        return index < children.size() ? children.get(index) : UNKNOWN;
    }
}
