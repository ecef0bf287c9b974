package io.ghala.snapshot.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghala.model.SnapshotFormat;
import io.ghala.snapshot.CorruptSnapshotException;
import io.ghala.snapshot.hash.ContentHash;
import io.ghala.snapshot.hash.RowHashes;
import java.io.IOException;
import java.util.Arrays;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BlobCodecTest {
    @ParameterizedTest
    @EnumSource
    void keepsEveryValueOfEveryType(SnapshotFormat format) throws IOException {
        BlobCodec codec = BlobCodecs.of(format);
        try (RootAllocator allocator = new RootAllocator();
                VectorSchemaRoot rows = EveryType.rows(allocator, 1)) {
            assertThat(EveryType.text(rows)).isEqualTo(EveryType.ROWS);
            byte[] blob = codec.encode(rows);
            try (VectorSchemaRoot decoded = codec.decode(blob, EveryType.SCHEMA, allocator)) {
                assertThat(decoded.getSchema()).isEqualTo(rows.getSchema());
                assertThat(EveryType.text(decoded)).isEqualTo(EveryType.ROWS);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsATableWithoutRows(SnapshotFormat format) throws IOException {
        BlobCodec codec = BlobCodecs.of(format);
        try (RootAllocator allocator = new RootAllocator();
                VectorSchemaRoot rows = EveryType.rows(allocator, 0);
                VectorSchemaRoot decoded = codec.decode(codec.encode(rows), EveryType.SCHEMA, allocator)) {
            assertThat(decoded.getRowCount()).isZero();
            assertThat(decoded.getSchema()).isEqualTo(rows.getSchema());
        }
    }

    @ParameterizedTest
    @EnumSource
    void rejectsABlobThatWasCutShort(SnapshotFormat format) throws IOException {
        BlobCodec codec = BlobCodecs.of(format);
        try (RootAllocator allocator = new RootAllocator();
                VectorSchemaRoot rows = EveryType.rows(allocator, 1)) {
            byte[] blob = codec.encode(rows);
            byte[] cut = Arrays.copyOf(blob, blob.length / 2);
            assertThatThrownBy(() -> codec.decode(cut, EveryType.SCHEMA, allocator))
                    .isInstanceOf(CorruptSnapshotException.class);
            assertThatThrownBy(() -> codec.rows(cut, EveryType.SCHEMA, allocator))
                    .isInstanceOf(CorruptSnapshotException.class);
        }
    }

    @Test
    void theRootHashIsFreeOfOrderAndFormat() throws IOException {
        try (RootAllocator allocator = new RootAllocator();
                VectorSchemaRoot twice = EveryType.rows(allocator, 2);
                VectorSchemaRoot head = twice.slice(0, 3);
                VectorSchemaRoot tail = twice.slice(3, 5)) {
            String whole = hash(twice);
            assertThat(hash(tail, head)).isEqualTo(whole);
            assertThat(hash(head)).isNotEqualTo(whole);
            for (SnapshotFormat format : SnapshotFormat.values()) {
                BlobCodec codec = BlobCodecs.of(format);
                try (VectorSchemaRoot decoded = codec.decode(codec.encode(twice), EveryType.SCHEMA, allocator)) {
                    assertThat(hash(decoded)).isEqualTo(whole);
                }
            }
        }
    }

    private static String hash(VectorSchemaRoot... roots) {
        ContentHash hash = new ContentHash();
        for (VectorSchemaRoot root : roots) {
            for (long row : RowHashes.of(root)) {
                hash.add(row);
            }
        }
        return hash.root(EveryType.SCHEMA);
    }
}
