package io.ghala.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ghala.model.Column;
import io.ghala.model.ColumnType;
import io.ghala.model.ColumnType.DecimalType;
import io.ghala.model.ColumnType.ListType;
import io.ghala.model.ColumnType.MapType;
import io.ghala.model.ColumnType.StructType;
import io.ghala.model.ScalarType;
import io.ghala.model.TableSchema;
import java.util.ArrayList;
import java.util.List;

/**
 * A schema as JSON: an array of columns {@code {"name": …, "type": …}}. LIST has an {@code element}, STRUCT has
 * {@code fields}, MAP has a {@code value}, each of the same form; DECIMAL has {@code precision} and {@code scale}.
 */
public final class SchemaCodec {
    private SchemaCodec() {}

    public static ArrayNode encode(TableSchema schema) {
        return columns(schema.columns());
    }

    /** Reads what {@link #encode} wrote; anything else is an {@link IllegalArgumentException}. */
    public static TableSchema decode(JsonNode columns) {
        return new TableSchema(columns(columns));
    }

    private static ArrayNode columns(List<Column> columns) {
        ArrayNode out = JsonNodeFactory.instance.arrayNode();
        for (Column column : columns) {
            ObjectNode node = out.addObject().put("name", column.name());
            node.setAll(type(column.type()));
        }
        return out;
    }

    private static ObjectNode type(ColumnType type) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        return type.accept(new ColumnType.Visitor<>() {
            @Override
            public ObjectNode scalar(ScalarType scalar) {
                return node.put("type", scalar.name());
            }

            @Override
            public ObjectNode decimal(DecimalType decimal) {
                return node.put("type", "DECIMAL")
                        .put("precision", decimal.precision())
                        .put("scale", decimal.scale());
            }

            @Override
            public ObjectNode list(ListType list) {
                node.put("type", "LIST").set("element", SchemaCodec.type(list.element()));
                return node;
            }

            @Override
            public ObjectNode struct(StructType struct) {
                node.put("type", "STRUCT").set("fields", columns(struct.fields()));
                return node;
            }

            @Override
            public ObjectNode map(MapType map) {
                node.put("type", "MAP").set("value", SchemaCodec.type(map.value()));
                return node;
            }
        });
    }

    private static List<Column> columns(JsonNode nodes) {
        List<Column> columns = new ArrayList<>();
        nodes.forEach(node -> columns.add(new Column(node.path("name").asText(), type(node))));
        return columns;
    }

    private static ColumnType type(JsonNode node) {
        String name = node.path("type").asText();
        return switch (name) {
            case "DECIMAL" ->
                new DecimalType(
                        node.path("precision").asInt(), node.path("scale").asInt());
            case "LIST" -> new ListType(type(node.path("element")));
            case "STRUCT" -> new StructType(columns(node.path("fields")));
            case "MAP" -> new MapType(type(node.path("value")));
            default -> ScalarType.valueOf(name);
        };
    }
}
