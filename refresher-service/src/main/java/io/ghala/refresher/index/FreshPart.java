package io.ghala.refresher.index;

import io.ghala.model.KeyColumn;
import io.ghala.model.KeyText;
import io.ghala.refresher.rows.RowBatch;
import io.ghala.refresher.rows.SourceRows;
import io.ghala.refresher.rows.TokenColumn;
import io.ghala.token.TokenKind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of rows that were just read: every write hidden, every other row visible, until the index decides. */
public final class FreshPart {

    private FreshPart() {}

    /** A file that was read, and its rows. */
    public record ReadFile(KnownFile file, List<SourceRows> sources) {
        public ReadFile {
            sources = List.copyOf(sources);
        }
    }

    /** Makes the part of all rows of {@code files}. */
    public static Part of(List<ReadFile> files, KeyColumn keyColumn) {
        List<SourceRows> sources = new ArrayList<>();
        files.forEach(file -> sources.addAll(file.sources()));
        int[] firstRows = new int[sources.size()];
        int expected =
                sources.stream().mapToInt(source -> Math.max(1, source.rows())).sum();
        PartIndexBuilder index = new PartIndexBuilder(expected);
        BitSet hidden = new BitSet();
        int source = 0;
        for (ReadFile file : files) {
            index.file(file.file());
            for (SourceRows rows : file.sources()) {
                firstRows[source++] = index.rows();
                if (rows.op().isPresent()) {
                    hidden.set(index.rows());
                    write(index, file.file(), rows, rows.op().get());
                } else {
                    plain(index, file.file(), rows, keyColumn);
                }
            }
        }
        int rows = index.rows();
        return new Part(index.build(), new RowData.Fresh(sources, firstRows, rows), hidden, new BitSet());
    }

    private static void write(PartIndexBuilder index, KnownFile file, SourceRows rows, SourceRows.Op op) {
        index.row(file);
        RowKey key = RowKey.of(op.id().text());
        index.key(key.high(), key.low());
        index.write(op.streamId(), op.kind() == SourceRows.Kind.DELETE, rows.evidence());
    }

    private static void plain(PartIndexBuilder index, KnownFile file, SourceRows rows, KeyColumn keyColumn) {
        RowBatch batch = rows.batch();
        TokenColumn kept = batch.column(RowBatch.KEPT_KEY);
        TokenColumn ids = batch.column(keyColumn.foldedName());
        for (int row = rows.firstRow(); row < rows.firstRow() + rows.rows(); row++) {
            index.row(file);
            RowKey key = kept == null ? key(ids, row) : keptKey(kept, row);
            if (key != null) {
                index.key(key.high(), key.low());
            }
        }
    }

    private static @Nullable RowKey keptKey(TokenColumn keys, int row) {
        return keys.length(row) == 0 ? null : RowKey.parse(keys.text(row));
    }

    /**
     * The id of a plain row: its key's text as it stands in its own file, numbers in canonical form; null where writes
     * cannot touch it.
     */
    private static @Nullable RowKey key(@Nullable TokenColumn ids, int row) {
        if (ids == null || !ids.present(row)) {
            return null;
        }
        TokenKind kind = ids.kind(row);
        return switch (kind) {
            case ABSENT, NULL, NESTED -> null;
            case NUMBER -> KeyText.ofNumber(ids.text(row)).map(RowKey::of).orElse(null);
            case TRUE, FALSE -> RowKey.of(ids.text(row));
            default -> RowKey.of(ids.arena(), ids.start(row), ids.length(row));
        };
    }
}
