package io.ghala.refresher.verify.fold;

import com.fasterxml.jackson.core.JsonParser;
import io.ghala.model.Column;
import io.ghala.refresher.rows.TokenColumn;
import io.ghala.refresher.verify.findings.Progress;
import io.ghala.refresher.verify.fold.FoldedFolder.Row;
import io.ghala.refresher.verify.hash.TableHashes;
import io.ghala.token.JsonTokens;
import io.ghala.token.Token;
import io.ghala.token.TokenKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/** Hashes the rows of a folded folder in the types of its schema. */
public final class CastFolder {
    private final FoldedFolder folder;
    private final BufferAllocator allocator;
    private final Progress progress;

    public CastFolder(FoldedFolder folder, BufferAllocator allocator, Progress progress) {
        this.folder = folder;
        this.allocator = allocator;
        this.progress = progress;
    }

    public TableHashes hashes() {
        TableHashes hashes = new TableHashes(folder.schema());
        try (RowBatches batches = new RowBatches(folder.schema().storedColumns(), allocator, hashes::add)) {
            long done = 0;
            for (Row row : folder.rows()) {
                set(batches, row);
                batches.endRow();
                progress.at("rows of the folder hashed", ++done, folder.rows().size());
            }
            batches.flush();
        }
        return hashes;
    }

    private void set(RowBatches batches, Row row) {
        List<Column> columns = folder.schema().columns();
        for (int i = 0; i < columns.size(); i++) {
            TokenColumn tokens = row.tokens(columns.get(i).foldedName());
            if (tokens != null && tokens.present(row.row())) {
                set(batches, i, token(tokens, row.row()), row);
            }
        }
        batches.set(columns.size(), text(row.source().file()));
        row.source()
                .op()
                .ifPresent(
                        op -> batches.set(columns.size() + 1, text(op.streamId().toString())));
    }

    private void set(RowBatches batches, int column, Token token, Row row) {
        try {
            batches.set(column, token);
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            Column type = folder.schema().columns().get(column);
            throw new IllegalStateException(
                    "file " + row.source().file() + ": a value of column '" + type.name() + "' does not cast to "
                            + type.type().sql() + ", the type that all values ask for: " + e.getMessage(),
                    e);
        }
    }

    private static Token text(String text) {
        return new Token.Scalar(TokenKind.STRING, text);
    }

    private static Token token(TokenColumn tokens, int row) {
        if (tokens.kind(row) != TokenKind.NESTED) {
            return new Token.Scalar(tokens.kind(row), tokens.text(row));
        }
        try (JsonParser parser = JsonTokens.parser(tokens.text(row))) {
            parser.nextToken();
            return Token.read(parser);
        } catch (IOException e) {
            throw new UncheckedIOException("a nested token does not parse", e);
        }
    }
}
