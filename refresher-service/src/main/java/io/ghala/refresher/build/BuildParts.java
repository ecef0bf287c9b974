package io.ghala.refresher.build;

import com.fasterxml.jackson.core.JsonParser;
import io.ghala.model.Column;
import io.ghala.model.TableSchema;
import io.ghala.refresher.fold.Folded;
import io.ghala.refresher.fold.Folded.VisibleRows;
import io.ghala.refresher.read.TokenColumn;
import io.ghala.snapshot.BlobRef;
import io.ghala.snapshot.SnapshotPublisher.EncodedBlob;
import io.ghala.snapshot.arrow.ArrowSchemas;
import io.ghala.snapshot.codec.BlobCodec;
import io.ghala.snapshot.hash.ContentHash;
import io.ghala.snapshot.hash.RowHashes;
import io.ghala.token.JsonTokens;
import io.ghala.token.Token;
import io.ghala.token.TokenKind;
import io.ghala.token.VectorFiller;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Turns the visible rows of a table into encoded blobs of at most 4 MiB, a row that is larger alone excepted. */
public final class BuildParts {
    private static final int MAX_ROWS = 1 << 16;
    private static final long TARGET_BYTES = BlobRef.MAX_BYTES * 3L / 4;
    private static final long FIXED_BYTES_PER_CELL = 10;

    private final BufferAllocator allocator;
    private final BlobCodec codec;

    public BuildParts(BufferAllocator allocator, BlobCodec codec) {
        this.allocator = allocator;
        this.codec = codec;
    }

    /** What was built: the blobs in row order and the hashes over all of them. */
    public record Built(List<EncodedBlob> blobs, long rows, String contentHash, String rootHash) {
        public Built {
            blobs = List.copyOf(blobs);
        }
    }

    /**
     * Builds all rows.
     *
     * @throws UnfitValueException when a value does not fit the type of its column
     */
    public Built build(Folded folded, TableSchema schema) {
        List<EncodedBlob> blobs = new ArrayList<>();
        ContentHash hash = new ContentHash();
        Slice slice = new Slice();
        for (VisibleRows visible : folded.rows()) {
            for (int row : visible.rows()) {
                slice.add(visible, row, schema);
                if (slice.full()) {
                    encode(slice, 0, slice.size(), schema, blobs, hash);
                    slice = new Slice();
                }
            }
        }
        if (slice.size() > 0 || blobs.isEmpty()) {
            encode(slice, 0, slice.size(), schema, blobs, hash);
        }
        return new Built(blobs, folded.rowCount(), hash.ofRows(), hash.root(schema));
    }

    private void encode(Slice slice, int from, int to, TableSchema schema, List<EncodedBlob> blobs, ContentHash hash) {
        try (VectorSchemaRoot root = VectorSchemaRoot.create(ArrowSchemas.schema(schema.storedColumns()), allocator)) {
            fill(root, slice, from, to, schema);
            byte[] bytes = codec.encode(root);
            if (bytes.length <= BlobRef.MAX_BYTES || to - from <= 1) {
                for (long row : RowHashes.of(root)) {
                    hash.add(row);
                }
                blobs.add(new EncodedBlob(bytes, to - from));
                return;
            }
        }
        int middle = from + (to - from) / 2;
        encode(slice, from, middle, schema, blobs, hash);
        encode(slice, middle, to, schema, blobs, hash);
    }

    private static void fill(VectorSchemaRoot root, Slice slice, int from, int to, TableSchema schema) {
        List<FieldVector> vectors = root.getFieldVectors();
        List<Column> columns = schema.columns();
        for (int c = 0; c < columns.size(); c++) {
            FieldVector vector = vectors.get(c);
            vector.setInitialCapacity(to - from);
            VectorFiller filler = VectorFiller.of(columns.get(c).type(), vector);
            String name = columns.get(c).foldedName();
            for (int i = from; i < to; i++) {
                VisibleRows source = slice.source(i);
                TokenColumn tokens = source.source().batch().column(name);
                int row = slice.row(i);
                if (tokens != null && tokens.present(row)) {
                    set(filler, i - from, tokens, row, source, columns.get(c));
                }
            }
        }
        VarCharVector files = (VarCharVector) vectors.get(columns.size());
        VarCharVector versions = (VarCharVector) vectors.get(columns.size() + 1);
        for (int i = from; i < to; i++) {
            VisibleRows source = slice.source(i);
            files.setSafe(i - from, source.source().file().getBytes(StandardCharsets.UTF_8));
            int row = i - from;
            source.source()
                    .op()
                    .ifPresent(
                            op -> versions.setSafe(row, op.streamId().toString().getBytes(StandardCharsets.UTF_8)));
        }
        root.setRowCount(to - from);
    }

    private static void set(
            VectorFiller filler, int to, TokenColumn tokens, int row, VisibleRows source, Column column) {
        try {
            filler.set(to, token(tokens, row));
        } catch (IllegalArgumentException | ArithmeticException | java.time.DateTimeException e) {
            throw new UnfitValueException(
                    source.source().file(),
                    "column '" + column.name() + "' is " + column.type().sql() + ", and the value '"
                            + io.ghala.model.Excerpt.of(tokens.text(row)) + "' does not fit it exactly: "
                            + e.getMessage(),
                    e);
        }
    }

    private static Token token(TokenColumn tokens, int row) {
        TokenKind kind = tokens.kind(row);
        if (kind != TokenKind.NESTED) {
            return new Token.Scalar(kind, tokens.text(row));
        }
        try (JsonParser parser = JsonTokens.parser(tokens.text(row))) {
            parser.nextToken();
            return Token.read(parser);
        } catch (IOException e) {
            throw new UncheckedIOException("compact JSON that was written by this program does not parse", e);
        }
    }

    /** Rows that go into one blob if they fit. */
    private static final class Slice {
        private final List<VisibleRows> sources = new ArrayList<>();
        private int[] rows = new int[1024];
        private long bytes;

        void add(VisibleRows source, int row, TableSchema schema) {
            if (sources.size() == rows.length) {
                rows = java.util.Arrays.copyOf(rows, rows.length * 2);
            }
            rows[sources.size()] = row;
            sources.add(source);
            bytes += source.source().file().length() + 2 * FIXED_BYTES_PER_CELL;
            for (Column column : schema.columns()) {
                TokenColumn tokens = source.source().batch().column(column.foldedName());
                bytes += FIXED_BYTES_PER_CELL + (tokens != null && tokens.present(row) ? tokens.length(row) : 0);
            }
        }

        boolean full() {
            return sources.size() >= MAX_ROWS || bytes >= TARGET_BYTES;
        }

        int size() {
            return sources.size();
        }

        VisibleRows source(int i) {
            return sources.get(i);
        }

        int row(int i) {
            return rows[i];
        }
    }
}
