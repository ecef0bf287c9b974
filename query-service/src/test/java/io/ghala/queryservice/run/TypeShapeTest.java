package io.ghala.queryservice.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.snapshot.text.JsonShape;
import java.util.List;
import org.junit.jupiter.api.Test;

class TypeShapeTest {
    private static final JsonShape JSON = new JsonShape(true, List.of());
    private static final JsonShape OTHER = JsonShape.UNKNOWN;

    private static JsonShape nested(JsonShape... children) {
        return new JsonShape(false, List.of(children));
    }

    @Test
    void findsJsonAtAnyDepth() {
        assertThat(TypeShape.of("JSON")).isEqualTo(JSON);
        assertThat(TypeShape.of("TIMESTAMP WITH TIME ZONE")).isEqualTo(OTHER);
        assertThat(TypeShape.of("DECIMAL(5,2)")).isEqualTo(OTHER);
        assertThat(TypeShape.of("JSON[]")).isEqualTo(nested(JSON));
        assertThat(TypeShape.of("JSON[3][]")).isEqualTo(nested(nested(JSON)));
        assertThat(TypeShape.of("MAP(VARCHAR, JSON[])")).isEqualTo(nested(OTHER, nested(JSON)));
        assertThat(TypeShape.of("STRUCT(a DECIMAL(5,2), b JSON)[]")).isEqualTo(nested(nested(OTHER, JSON)));
    }

    @Test
    void readsQuotedFieldNames() {
        assertThat(TypeShape.of("STRUCT(\"x, (y\" JSON, \"q\"\"q\" STRUCT(\"JSON\" VARCHAR, k JSON))"))
                .isEqualTo(nested(JSON, nested(OTHER, JSON)));
    }
}
