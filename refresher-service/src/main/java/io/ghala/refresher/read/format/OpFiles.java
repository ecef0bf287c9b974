package io.ghala.refresher.read.format;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.ghala.folder.DataName.Packing;
import io.ghala.folder.OpFileName;
import io.ghala.folder.OpLine;
import io.ghala.model.Excerpt;
import io.ghala.model.InvalidValueException;
import io.ghala.model.KeyText;
import io.ghala.model.RowId;
import io.ghala.model.StreamId;
import io.ghala.refresher.read.format.JsonRows.StemKey;
import io.ghala.refresher.rows.LoadableRows;
import io.ghala.refresher.rows.ReadLimits;
import io.ghala.refresher.rows.RowBatch;
import io.ghala.refresher.rows.RowWriter;
import io.ghala.refresher.rows.SourceRows;
import io.ghala.refresher.rows.TokenColumn;
import io.ghala.refresher.rows.UnreadableFileException;
import io.ghala.refresher.settings.TableSettings;
import io.ghala.token.JsonTokens;
import io.ghala.token.TokenKind;
import io.ghala.type.EvidenceGatherer;
import io.ghala.type.TableEvidence;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads op files, the writes that stream-workers brought into the folder, into a batch of rows. */
public final class OpFiles {
    private final Path folder;
    private final TableSettings settings;
    private final ReadLimits limits;
    private final RowBatch batch;
    private final EvidenceGatherer evidence;
    private final RowWriter out;
    private final String foldedKey;

    public OpFiles(
            Path folder,
            TableSettings settings,
            ReadLimits limits,
            RowBatch batch,
            EvidenceGatherer evidence,
            RowWriter out) {
        this.folder = folder;
        this.settings = settings;
        this.limits = limits;
        this.batch = batch;
        this.evidence = evidence;
        this.out = out;
        this.foldedKey = settings.keyColumn().foldedName();
    }

    /**
     * Reads one op file, {@code file} inside the folder; one entry per write.
     *
     * @throws UnreadableFileException when it is none that a stream-worker writes; the batch may have some of its rows
     *     then
     */
    public List<SourceRows> read(String file, OpFileName name) throws IOException {
        if (name instanceof OpFileName.Delete delete) {
            return List.of(op(file, delete.id(), delete.last(), SourceRows.Kind.DELETE, 0));
        }
        try (InputStream in = FileBytes.open(folder.resolve(file), Packing.NONE, limits)) {
            if (name instanceof OpFileName.Upsert upsert) {
                JsonRows.read(
                        in,
                        out.begin(Map.of()),
                        () -> Optional.of(new StemKey(
                                settings.keyColumn().name(), upsert.id().text())));
                if (out.rows() != 1) {
                    throw new UnreadableFileException(
                            "an op file of one write holds one JSON object, this one " + out.rows());
                }
                requireKey(upsert.id());
                return List.of(op(file, upsert.id(), upsert.last(), SourceRows.Kind.UPSERT, 1));
            }
            return readBatch(file, in, (OpFileName.Batch) name);
        }
    }

    /** A write whose content names another row than the write does would show under the one and hide the other. */
    private void requireKey(RowId id) {
        TokenColumn keys = batch.column(foldedKey);
        int row = batch.rows() - 1;
        TokenKind kind = keys == null ? TokenKind.ABSENT : keys.kind(row);
        String text =
                switch (kind) {
                    case ABSENT, NULL, NESTED -> "";
                    case NUMBER ->
                        KeyText.ofNumber(requireNonNull(keys).text(row)).orElse("");
                    default -> requireNonNull(keys).text(row);
                };
        if (!text.equals(id.text())) {
            throw new UnreadableFileException("its write is of row '" + Excerpt.of(id.text())
                    + "', and its content has " + settings.keyColumn() + " = '" + Excerpt.of(text) + "'");
        }
    }

    private SourceRows op(String file, RowId id, StreamId streamId, SourceRows.Kind kind, int rows) {
        TableEvidence seen = LoadableRows.requireFew(evidence.finish());
        return new SourceRows(
                file, batch, batch.rows() - rows, rows, seen, Optional.of(new SourceRows.Op(id, streamId, kind)));
    }

    private List<SourceRows> readBatch(String file, InputStream in, OpFileName.Batch name) throws IOException {
        List<SourceRows> ops = new ArrayList<>();
        try (JsonParser parser = JsonTokens.parser(in)) {
            while (parser.nextToken() != null) {
                ops.add(readLine(file, parser, ops.size() + 1));
            }
        } catch (JsonProcessingException e) {
            throw JsonRows.malformed(e);
        } catch (CharacterCodingException e) {
            throw JsonRows.badText(ops.size() + 1L, e);
        } catch (InvalidValueException e) {
            throw new UnreadableFileException("line " + (ops.size() + 1) + ": " + e.getMessage(), e);
        }
        if (ops.isEmpty()
                || !ops.get(ops.size() - 1).op().orElseThrow().streamId().equals(name.last())) {
            throw new UnreadableFileException(
                    "its name says that its last write is " + name.last() + ", but it is not");
        }
        return ops;
    }

    private SourceRows readLine(String file, JsonParser parser, int line) throws IOException {
        out.begin(Map.of());
        OpLine.Head head;
        try {
            head = OpLine.read(parser, at -> JsonRows.fields(at, out));
        } catch (OpLine.NoWriteException e) {
            throw new UnreadableFileException("line " + line + ": " + e.getMessage(), e);
        }
        if (head.upsert()) {
            if (!out.has(foldedKey)) {
                out.scalar(
                        settings.keyColumn().name(),
                        0,
                        TokenKind.CELL,
                        head.id().text());
            }
            out.endRow();
            requireKey(head.id());
        }
        SourceRows.Kind kind = head.upsert() ? SourceRows.Kind.UPSERT : SourceRows.Kind.DELETE;
        return op(file, head.id(), head.streamId(), kind, head.upsert() ? 1 : 0);
    }
}
