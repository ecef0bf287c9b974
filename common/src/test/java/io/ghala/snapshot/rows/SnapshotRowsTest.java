package io.ghala.snapshot.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghala.arrow.ArrowSchemas;
import io.ghala.model.Column;
import io.ghala.model.ColumnType;
import io.ghala.model.ColumnType.DecimalType;
import io.ghala.model.KeyColumn;
import io.ghala.model.ScalarType;
import io.ghala.model.SnapshotFormat;
import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableName;
import io.ghala.model.TableSchema;
import io.ghala.snapshot.BlobRef;
import io.ghala.snapshot.CorruptSnapshotException;
import io.ghala.snapshot.DeletionVector;
import io.ghala.snapshot.Manifest;
import io.ghala.snapshot.MissingBlobException;
import io.ghala.snapshot.PartRef;
import io.ghala.snapshot.SnapshotReader;
import io.ghala.snapshot.Watermark;
import io.ghala.snapshot.codec.BlobCodecs;
import io.ghala.snapshot.hash.ContentHash;
import io.ghala.snapshot.hash.RowHashes;
import io.ghala.snapshot.text.JsonRowText;
import io.ghala.snapshot.text.Utf8Buffer;
import io.ghala.token.Token;
import io.ghala.token.TokenKind;
import io.ghala.token.VectorFiller;
import io.ghala.type.TypeBasis;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SnapshotRowsTest {
    private final BufferAllocator allocator = new RootAllocator();
    private final Map<String, byte[]> stored = new HashMap<>();

    @AfterEach
    void everyVectorWasClosed() {
        allocator.close();
    }

    private static TableSchema schema(ColumnType type) {
        return new TableSchema(List.of(new Column("x", type)));
    }

    private VectorSchemaRoot vectors(ColumnType type, String... texts) {
        VectorSchemaRoot root =
                VectorSchemaRoot.create(ArrowSchemas.schema(schema(type).storedColumns()), allocator);
        VectorFiller filler = VectorFiller.of(type, root.getVector(0));
        for (int row = 0; row < texts.length; row++) {
            if (!texts[row].isEmpty()) {
                filler.set(row, new Token.Scalar(TokenKind.STRING, texts[row]));
            }
        }
        root.setRowCount(texts.length);
        return root;
    }

    /** A part with one blob per row. */
    private PartRef part(SnapshotFormat format, BitSet hidden, ColumnType type, String... texts) {
        List<BlobRef> blobs = new ArrayList<>();
        for (String text : texts) {
            try (VectorSchemaRoot root = vectors(type, text)) {
                blobs.add(store(BlobCodecs.of(format).encode(root), 1));
            }
        }
        Optional<BlobRef> deletes = hidden.isEmpty()
                ? Optional.empty()
                : Optional.of(store(DeletionVector.encode(hidden, allocator), hidden.cardinality()));
        long bytes = blobs.stream().mapToLong(BlobRef::bytes).sum();
        int visible = texts.length - hidden.cardinality();
        return new PartRef("h", schema(type), texts.length, visible, bytes, blobs, deletes, PartRef.Books.NONE);
    }

    private BlobRef store(byte[] bytes, long rows) {
        String key = "blob" + stored.size();
        stored.put(key, bytes);
        return new BlobRef(key, rows, bytes.length, 0);
    }

    private static Manifest manifest(SnapshotFormat format, ColumnType type, PartRef... parts) {
        long rows = List.of(parts).stream().mapToLong(PartRef::visibleRows).sum();
        return new Manifest(
                new TableName("t"),
                new SnapshotVersion(1),
                Instant.EPOCH,
                format,
                schema(type),
                new KeyColumn("id"),
                rows,
                0,
                List.of(parts),
                List.of(),
                1,
                "",
                List.of(),
                TypeBasis.NONE);
    }

    private List<String> read(Manifest manifest) {
        List<String> rows = new ArrayList<>();
        new SnapshotRows(manifest, new Stored(), allocator).read(root -> {
            JsonRowText text = new JsonRowText(root.getFieldVectors().subList(0, 1));
            for (int row = 0; row < root.getRowCount(); row++) {
                Utf8Buffer out = new Utf8Buffer();
                text.append(row, out);
                rows.add(new String(out.toByteArray(), java.nio.charset.StandardCharsets.UTF_8));
            }
        });
        return rows;
    }

    private static BitSet rows(int... rows) {
        BitSet set = new BitSet();
        for (int row : rows) {
            set.set(row);
        }
        return set;
    }

    @ParameterizedTest
    @EnumSource(SnapshotFormat.class)
    void leavesHiddenRowsOutAndCastsEveryPartToTheTable(SnapshotFormat format) {
        Manifest manifest = manifest(
                format,
                new DecimalType(25, 2),
                part(format, rows(1), ScalarType.BIGINT, "1", "2", "3"),
                part(format, rows(), new DecimalType(20, 1), "4.5", ""),
                part(format, rows(0), new DecimalType(25, 2), "6.25", "7.25"));
        assertThat(read(manifest))
                .containsExactly("{\"x\":1.00}", "{\"x\":3.00}", "{\"x\":4.50}", "{\"x\":null}", "{\"x\":7.25}");
    }

    @Test
    void aColumnThatAPartDoesNotHaveIsNull() {
        PartRef part = part(SnapshotFormat.ARROW, rows(), ScalarType.BIGINT, "1");
        TableSchema wider =
                new TableSchema(List.of(new Column("y", ScalarType.DATE), new Column("X", ScalarType.DOUBLE)));
        Manifest manifest = manifest(SnapshotFormat.ARROW, ScalarType.BIGINT, part);
        Manifest widened = new Manifest(
                manifest.table(),
                manifest.version(),
                manifest.publishedAt(),
                manifest.format(),
                wider,
                new KeyColumn("id"),
                1,
                0,
                manifest.parts(),
                List.of(),
                1,
                "",
                List.of(),
                TypeBasis.NONE);
        new SnapshotRows(widened, new Stored(), allocator).read(root -> {
            assertThat(root.getVector("y").isNull(0)).isTrue();
            assertThat(root.getVector("X").getObject(0)).isEqualTo(1.0);
        });
    }

    @Test
    void refusesACastThatIsNotExact() {
        Manifest manifest = manifest(
                SnapshotFormat.ARROW, ScalarType.VARCHAR, part(SnapshotFormat.ARROW, rows(), ScalarType.DOUBLE, "1.5"));
        assertThatThrownBy(() -> read(manifest))
                .isInstanceOf(CorruptSnapshotException.class)
                .hasMessageContaining("DOUBLE");
    }

    @Test
    void refusesADeletionVectorThatHidesOtherRowsThanTheManifestSays() {
        PartRef part = part(SnapshotFormat.ARROW, rows(0), ScalarType.BIGINT, "1", "2", "3");
        stored.put(part.deletes().orElseThrow().key(), DeletionVector.encode(rows(0, 1), allocator));
        assertThatThrownBy(() -> read(manifest(SnapshotFormat.ARROW, ScalarType.BIGINT, part)))
                .isInstanceOf(CorruptSnapshotException.class);
        stored.put(part.deletes().orElseThrow().key(), DeletionVector.encode(rows(3), allocator));
        assertThatThrownBy(() -> read(manifest(SnapshotFormat.ARROW, ScalarType.BIGINT, part)))
                .isInstanceOf(CorruptSnapshotException.class);
    }

    @Test
    void theHashOfARowSurvivesEveryExactCast() {
        assertThat(hash(ScalarType.BIGINT, "7"))
                .isEqualTo(hash(ScalarType.DOUBLE, "7"))
                .isEqualTo(hash(ScalarType.VARCHAR, "7"))
                .isEqualTo(hash(new DecimalType(25, 3), "7"))
                .isNotEqualTo(hash(ScalarType.BIGINT, "8"));
        assertThat(hash(ScalarType.BIGINT, "9223372036854775807"))
                .isEqualTo(hash(ScalarType.VARCHAR, "9223372036854775807"))
                .isEqualTo(hash(new DecimalType(38, 0), "9223372036854775807"));
        assertThat(hash(ScalarType.VARCHAR, "007")).isNotEqualTo(hash(ScalarType.BIGINT, "7"));
        assertThat(hash(new DecimalType(4, 1), "1.5")).isEqualTo(hash(new DecimalType(9, 3), "1.500"));
        assertThat(hash(ScalarType.TIMESTAMP, "1969-12-31T23:59:59.5"))
                .isEqualTo(hash(ScalarType.TIMESTAMP_NS, "1969-12-31T23:59:59.5"));
        assertThat(hash(ScalarType.DOUBLE, "-0.0")).isNotEqualTo(hash(ScalarType.DOUBLE, "0.0"));
    }

    private String hash(ColumnType type, String text) {
        try (VectorSchemaRoot root = vectors(type, text)) {
            ContentHash hash = new ContentHash();
            hash.add(RowHashes.of(root)[0]);
            return hash.ofRows();
        }
    }

    /** The blobs of this test. */
    private final class Stored implements SnapshotReader {
        @Override
        public List<byte[]> blobs(List<BlobRef> blobs) {
            return blobs.stream()
                    .map(blob -> Optional.ofNullable(stored.get(blob.key()))
                            .orElseThrow(() -> new MissingBlobException(blob.key())))
                    .toList();
        }

        @Override
        public Set<TableName> tables() {
            return Set.of();
        }

        @Override
        public Optional<Manifest> manifest(TableName table) {
            return Optional.empty();
        }

        @Override
        public Optional<Watermark> watermark(TableName table) {
            return Optional.empty();
        }

        @Override
        public void requestRepair(TableName table, String reason) {
            throw new AssertionError(reason);
        }
    }
}
