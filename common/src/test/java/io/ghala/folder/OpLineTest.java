package io.ghala.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghala.intent.Intent;
import io.ghala.model.InvalidValueException;
import io.ghala.model.OpId;
import io.ghala.model.RowId;
import io.ghala.model.StreamId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OpLineTest {
    private static final StreamId SEQ = new StreamId(1_763_812_345_678L, 3);

    @Test
    void aWrittenLineIsReadBackWithThePayloadsOwnCharacters() {
        for (String id : List.of("7", "a \"b\"\\", "é😀\u0001", "payload")) {
            StringBuilder out = new StringBuilder();
            RowId row = new RowId(id);
            OpLine.append(
                    new Intent.Upsert(row, "{\"payload\": {\"é\": [1.50, \"😀}\"]},\n\"x\":{} }"),
                    SEQ,
                    Optional.of(new OpId("op\"1")),
                    out);
            String line = out.substring(0, out.length() - 1);
            assertThat(line).doesNotContain("\n").contains(OpLine.idField(row));
            assertThat(OpLine.parse(line))
                    .isEqualTo(new Op(
                            row,
                            SEQ,
                            Optional.of("{\"payload\": {\"é\": [1.50, \"😀}\"]}, \"x\":{} }"),
                            out.toString()));
            out.setLength(0);
            OpLine.append(new Intent.Delete(row), SEQ, Optional.empty(), out);
            assertThat(OpLine.parse(out.substring(0, out.length() - 1)))
                    .isEqualTo(new Op(row, SEQ, Optional.empty(), out.toString()));
        }
    }

    @Test
    void refusesWhatIsNoLineOfAnOpsFile() {
        for (String line : List.of(
                "",
                "x",
                "[]",
                "{}",
                "{\"op\":\"upsert\",\"id\":\"7\",\"seq\":\"1-0\"}",
                "{\"op\":\"delete\",\"id\":\"7\",\"seq\":\"1-0\",\"payload\":{}}",
                "{\"op\":\"upsert\",\"id\":\"7\",\"seq\":\"1-0\",\"payload\":7}",
                "{\"op\":\"drop\",\"id\":\"7\",\"seq\":\"1-0\",\"payload\":{}}",
                "{\"op\":\"delete\",\"id\":\"\",\"seq\":\"1-0\"}",
                "{\"op\":\"delete\",\"id\":\"7\",\"seq\":\"x\"}",
                "{\"op\":\"delete\",\"id\":\"7\",\"seq\":\"1-0\"} {}")) {
            assertThatThrownBy(() -> OpLine.parse(line)).as(line).isInstanceOf(InvalidValueException.class);
        }
    }
}
