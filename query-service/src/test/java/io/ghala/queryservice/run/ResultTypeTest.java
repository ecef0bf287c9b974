package io.ghala.queryservice.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.snapshot.text.JsonShape;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultTypeTest {
    private static final JsonShape JSON = new JsonShape(true, List.of());
    private static final JsonShape OTHER = JsonShape.UNKNOWN;

    private static JsonShape nested(JsonShape... children) {
        return new JsonShape(false, List.of(children));
    }

    @Test
    void findsJsonAtAnyDepth() {
        assertThat(ResultType.of("JSON").shape()).isEqualTo(JSON);
        assertThat(ResultType.of("TIMESTAMP WITH TIME ZONE").shape()).isEqualTo(OTHER);
        assertThat(ResultType.of("DECIMAL(5,2)").shape()).isEqualTo(OTHER);
        assertThat(ResultType.of("JSON[]").shape()).isEqualTo(nested(JSON));
        assertThat(ResultType.of("JSON[3][]").shape()).isEqualTo(nested(nested(JSON)));
        assertThat(ResultType.of("MAP(VARCHAR, JSON[])").shape()).isEqualTo(nested(OTHER, nested(JSON)));
        assertThat(ResultType.of("STRUCT(a DECIMAL(5,2), b JSON)[]").shape()).isEqualTo(nested(nested(OTHER, JSON)));
    }

    @Test
    void readsQuotedFieldNames() {
        assertThat(ResultType.of("STRUCT(\"x, (y\" JSON, \"q\"\"q\" STRUCT(\"JSON\" VARCHAR, k JSON))")
                        .shape())
                .isEqualTo(nested(JSON, nested(OTHER, JSON)));
    }
}
