package io.ghala.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghala.model.Column;
import io.ghala.model.ColumnType;
import io.ghala.model.KeyColumn;
import io.ghala.model.ScalarType;
import io.ghala.model.SnapshotFormat;
import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableName;
import io.ghala.model.TableSchema;
import io.ghala.snapshot.SnapshotPublisher.Publication;
import io.ghala.type.TypeBasis;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ManifestCodecTest {
    private static final TableName ORDERS = new TableName("orders");
    private static final TableSchema SCHEMA = new TableSchema(List.of(
            new Column("id", ScalarType.BIGINT),
            new Column("price", new ColumnType.DecimalType(10, 2)),
            new Column(
                    "lines",
                    new ColumnType.ListType(new ColumnType.StructType(List.of(new Column("q\"q", ScalarType.JSON))))),
            new Column("tags", new ColumnType.MapType(ScalarType.TIMESTAMPTZ_NS))));
    private static final TableSchema NARROW = new TableSchema(List.of(new Column("id", ScalarType.BIGINT)));
    private static final PartRef.Books BOOKS = new PartRef.Books(
            List.of(new BlobRef("ghala:b:orders:x:2", 0, 9, 7)),
            Optional.of(new BlobRef("ghala:b:orders:x:3", 0, 1, 8)));
    private static final TypeBasis BASIS =
            new TypeBasis("{\"columns\":{}}", Map.of("id", "eu/a \"b\".csv", "tags", "c.json"), Set.of("price"));
    private static final List<RefusedFile> REFUSED = List.of(
            new RefusedFile("bad.json", "it says \"no\""),
            new RefusedFile(RefusedFile.Kind.COPY, "copy.json", "a copy"),
            new RefusedFile(RefusedFile.Kind.WARNING, "warning.json", "perhaps"));
    private static final String BODY = ManifestCodec.encodeBody(new Publication(
            ORDERS,
            Optional.empty(),
            SnapshotFormat.ARROW,
            SCHEMA,
            new KeyColumn("id"),
            List.of(new PartRef(
                    "ab",
                    NARROW,
                    3,
                    2,
                    40,
                    List.of(new BlobRef("ghala:b:orders:x:0", 3, 40, -5)),
                    Optional.of(new BlobRef("ghala:b:orders:x:1", 1, 4, 6)),
                    BOOKS)),
            List.of(new PartRef("ef", SCHEMA, 0, 0, 0, List.of(), Optional.empty(), PartRef.Books.NONE)),
            4,
            "cd",
            REFUSED,
            Optional.empty(),
            BASIS));

    @Test
    void readsBackWhatItWrote() {
        Manifest manifest = ManifestCodec.decode(ORDERS, ManifestCodec.compose(7, 8, BODY));
        assertThat(manifest.schema()).isEqualTo(SCHEMA);
        assertThat(manifest.version()).isEqualTo(new SnapshotVersion(7));
        assertThat(manifest.parts().get(0).blobs().get(0).crc32c()).isEqualTo(-5);
        assertThat(manifest.rows()).isEqualTo(2);
        assertThat(manifest.parts().get(0).schema()).isEqualTo(NARROW);
        assertThat(manifest.parts().get(0).books()).isEqualTo(BOOKS);
        assertThat(manifest.hiddenParts().get(0).schema()).isEqualTo(SCHEMA);
        assertThat(manifest.allBlobs())
                .extracting(BlobRef::key)
                .containsExactly(
                        "ghala:b:orders:x:0", "ghala:b:orders:x:1", "ghala:b:orders:x:2", "ghala:b:orders:x:3");
        assertThat(manifest.basis()).isEqualTo(BASIS);
        assertThat(manifest.refused()).isEqualTo(REFUSED);
    }

    @Test
    void noticesEveryAlteredCharacter() {
        String text = ManifestCodec.compose(7, 8, BODY);
        for (int i = 0; i < text.length(); i++) {
            String altered = text.substring(0, i) + (char) (text.charAt(i) ^ 1) + text.substring(i + 1);
            assertThatThrownBy(() -> ManifestCodec.decode(ORDERS, altered))
                    .isInstanceOf(CorruptSnapshotException.class);
        }
    }

    @Test
    void readsTheVersionFromTheHead() {
        String text = ManifestCodec.compose(999_999_999_999_999_999L, 8, BODY);
        assertThat(ManifestCodec.decodeVersion(ORDERS, text.substring(0, ManifestCodec.HEAD_BYTES)))
                .isEqualTo(new SnapshotVersion(999_999_999_999_999_999L));
        assertThatThrownBy(() -> ManifestCodec.decodeVersion(ORDERS, text.substring(1, ManifestCodec.HEAD_BYTES)))
                .isInstanceOf(CorruptSnapshotException.class);
    }

    @Test
    void rejectsAManifestOfANewerFormat() {
        String text = ManifestCodec.compose(7, 8, BODY).replace("\"format_version\":1", "\"format_version\":2");
        assertThatThrownBy(() -> ManifestCodec.decode(ORDERS, text)).hasMessageContaining("update");
    }
}
