package io.ghala.queryservice.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.arrow.ArrowSchemas;
import io.ghala.model.SnapshotFormat;
import io.ghala.snapshot.codec.BlobCodec;
import io.ghala.snapshot.codec.BlobCodecs;
import io.ghala.snapshot.codec.BlobRows;
import io.ghala.snapshot.codec.EveryType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JoinColumnsTest {
    private static final int COPIES = 20;
    private static final int JOINS = 20;

    private final Schema schema = ArrowSchemas.schema(EveryType.SCHEMA.storedColumns());

    /** Pieces of any length, so that bits begin anywhere in a byte; some have nulls in a column and some have none. */
    @ParameterizedTest
    @EnumSource(SnapshotFormat.class)
    void valuesOfEveryTypeComeOneAfterTheOther(SnapshotFormat format) throws Exception {
        long seed = new SplittableRandom().nextLong();
        Random random = new Random(seed);
        try (RootAllocator allocator = new RootAllocator();
                VectorSchemaRoot rows = EveryType.rows(allocator, COPIES)) {
            List<String> expected = EveryType.text(rows);
            for (int n = 0; n < JOINS; n++) {
                List<BlobRows> pieces = pieces(BlobCodecs.of(format), rows, random, allocator);
                assertThat(joined(pieces, allocator))
                        .as("seed %s join %s", seed, n)
                        .isEqualTo(expected);
                pieces.forEach(BlobRows::close);
            }
        }
    }

    private static List<BlobRows> pieces(
            BlobCodec codec, VectorSchemaRoot rows, Random random, RootAllocator allocator) {
        List<BlobRows> pieces = new ArrayList<>();
        for (int from = 0; from < rows.getRowCount(); ) {
            int count = Math.min(random.nextInt(20), rows.getRowCount() - from);
            // Slices name what is in lists otherwise than the schema does.
            try (VectorSchemaRoot slice = rows.slice(from, count);
                    ArrowRecordBatch batch = new VectorUnloader(slice).getRecordBatch();
                    VectorSchemaRoot piece = VectorSchemaRoot.create(rows.getSchema(), allocator)) {
                new VectorLoader(piece).load(batch);
                pieces.add(codec.rows(codec.encode(piece), EveryType.SCHEMA, allocator));
            }
            from += count;
        }
        return pieces;
    }

    private List<String> joined(List<BlobRows> pieces, RootAllocator allocator) {
        try (ColumnBuffers into = new ColumnBuffers(allocator)) {
            JoinColumns columns = new JoinColumns(pieces, into);
            schema.getFields().forEach(columns::join);
            int rows = pieces.stream().mapToInt(BlobRows::rows).sum();
            return text(schema, into.batch(rows), allocator);
        }
    }

    @Test
    void columnsThatAreSkippedAreNotThere() throws Exception {
        BlobCodec codec = BlobCodecs.of(SnapshotFormat.ARROW);
        Field skipped = schema.findField("varchar");
        List<Field> left = schema.getFields().stream()
                .filter(field -> !field.equals(skipped))
                .toList();
        try (RootAllocator allocator = new RootAllocator();
                VectorSchemaRoot rows = EveryType.rows(allocator, 1);
                ColumnBuffers into = new ColumnBuffers(allocator)) {
            List<BlobRows> blob = List.of(codec.rows(codec.encode(rows), EveryType.SCHEMA, allocator));
            JoinColumns columns = new JoinColumns(blob, into);
            for (Field field : schema.getFields()) {
                if (field.equals(skipped)) {
                    columns.skip(field);
                } else {
                    columns.join(field);
                }
            }
            List<String> expected = EveryType.text(new VectorSchemaRoot(
                    left.stream().map(field -> rows.getVector(field.getName())).toList()));
            assertThat(text(new Schema(left), into.batch(rows.getRowCount()), allocator))
                    .isEqualTo(expected);
        }
    }

    private static List<String> text(Schema schema, ArrowRecordBatch rows, RootAllocator allocator) {
        try (rows;
                VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator)) {
            new VectorLoader(root).load(rows);
            return EveryType.text(root);
        }
    }
}
