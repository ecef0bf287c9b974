package io.ghala.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.model.Column;
import io.ghala.model.ColumnType;
import io.ghala.model.ScalarType;
import io.ghala.model.TableSchema;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RowFitTest {
    private final RootAllocator allocator = new RootAllocator();
    private final RowFit fit = new RowFit(
            new TableSchema(List.of(
                    new Column("id", ScalarType.BIGINT),
                    new Column("price", new ColumnType.DecimalType(5, 2)),
                    new Column(
                            "lines",
                            new ColumnType.ListType(
                                    new ColumnType.StructType(List.of(new Column("sku", ScalarType.VARCHAR))))))),
            allocator);

    @AfterEach
    void everyVectorWasClosed() {
        allocator.close();
    }

    @Test
    void takesWhatFitsAndLeavesOut() {
        assertThat(fit.problem("{\"ID\":7,\"price\":1.5,\"lines\":[{\"sku\":\"x\"},null,{}]}"))
                .isEmpty();
        assertThat(fit.problem("{\"price\":null}")).isEmpty();
    }

    @Test
    void namesTheColumnThatDoesNotFit() {
        assertThat(fit.problem("{\"id\":1.5}").orElseThrow()).contains("'id'", "BIGINT", "1.5");
        assertThat(fit.problem("{\"price\":1.555}").orElseThrow()).contains("'price'", "DECIMAL(5,2)");
        assertThat(fit.problem("{\"lines\":[{\"sku\":\"x\",\"n\":1}]}").orElseThrow())
                .contains("'lines'");
        assertThat(fit.problem("{\"other\":null}").orElseThrow()).contains("'other'", "reference schema");
        assertThat(fit.problem("[1]").orElseThrow()).contains("not a JSON object");
    }
}
