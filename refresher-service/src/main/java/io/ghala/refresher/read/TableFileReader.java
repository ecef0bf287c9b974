package io.ghala.refresher.read;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.ghala.folder.DataName;
import io.ghala.folder.DataName.Format;
import io.ghala.folder.DataName.Packing;
import io.ghala.folder.OpFileName;
import io.ghala.model.Column;
import io.ghala.model.Excerpt;
import io.ghala.model.InvalidValueException;
import io.ghala.model.KeyText;
import io.ghala.model.RowId;
import io.ghala.model.StreamId;
import io.ghala.refresher.detect.FoundFile;
import io.ghala.refresher.read.JsonRows.StemKey;
import io.ghala.refresher.type.EvidenceGatherer;
import io.ghala.refresher.type.TableEvidence;
import io.ghala.refresher.typed.TypedFileProcess;
import io.ghala.token.JsonTokens;
import io.ghala.token.TokenKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the files of one table, one after the other, into a batch that grows. Not for several threads. */
public final class TableFileReader {
    private static final Logger log = LoggerFactory.getLogger(TableFileReader.class);
    private final Path folder;
    private final TableSettings settings;
    private final ReadLimits limits;
    private final TypedFiles typed;
    private final RowBatch batch = new RowBatch();
    private final EvidenceGatherer evidence = new EvidenceGatherer();
    private final String foldedKey;
    private final RowWriter out;
    private final JoinedFiles joined;

    public TableFileReader(Path folder, TableSettings settings, ReadLimits limits, TypedFiles typed) {
        this.folder = folder;
        this.settings = settings;
        this.limits = limits;
        this.typed = typed;
        this.foldedKey = Column.fold(settings.keyColumn());
        this.out = new RowWriter(batch, evidence, limits);
        this.joined = new JoinedFiles(limits);
    }

    /** Bytes of all tokens that were read so far, about. */
    long bytes() {
        return batch.bytes();
    }

    /** Reads files; small ones of JSON many at a time. */
    void read(List<FoundFile> files, FileSink sink) {
        for (FoundFile file : files) {
            Optional<DataName> name = DataName.parse(lastStep(file.name()));
            boolean join = name.isPresent()
                    && joined.takes(name.get(), file.stamp().size())
                    && OpFileName.parse(lastStep(file.name())).isEmpty();
            if (!join || !joined.hasRoom()) {
                readJoined(sink);
            }
            try {
                if (!join || !joined.add(folder.resolve(file.name()), file, name.get())) {
                    readJoined(sink);
                    sink.read(file, read(file.name()));
                }
            } catch (IOException | RuntimeException e) {
                sink.failed(file, e);
            }
        }
        readJoined(sink);
    }

    private void readJoined(FileSink sink) {
        for (int i = 0; i < joined.size(); i++) {
            try {
                sink.read(joined.file(i), readJoined(i));
            } catch (IOException | RuntimeException e) {
                sink.failed(joined.file(i), e);
            }
        }
        joined.clear();
    }

    private List<SourceRows> readJoined(int i) throws IOException {
        String file = joined.file(i).name();
        int first = batch.rows();
        try {
            out.begin(folderColumns(file));
            int objects = joined.read(i, out);
            if (objects == 1 && joined.name(i).format() == Format.JSON && !out.has(foldedKey)) {
                JsonRows.addKey(out, () -> stem(joined.name(i), lastStep(file)));
            }
            if (objects > 0) {
                out.endRow();
            }
            if (objects >= 0) {
                return List.of(plain(file, first));
            }
        } catch (IOException | RuntimeException e) {
            log.debug("read alone file={} reason=\"{}\"", file, e.getMessage());
        }
        joined.forgetParser();
        takeBack(first);
        return takingBack(() -> {
            out.begin(folderColumns(file));
            readText(new ByteArrayInputStream(joined.content(i)), joined.name(i), lastStep(file));
            return List.of(plain(file, first));
        });
    }

    private SourceRows plain(String file, int first) {
        return new SourceRows(file, batch, first, batch.rows() - first, evidence.finish(), Optional.empty());
    }

    private void takeBack(int toRows) {
        batch.rollback(toRows);
        evidence.discard();
    }

    private static String lastStep(String file) {
        return file.substring(file.lastIndexOf('/') + 1);
    }

    /** Gives the rows of one file. */
    private interface Reading {
        List<SourceRows> rows() throws IOException;
    }

    private List<SourceRows> takingBack(Reading reading) throws IOException {
        int before = batch.rows();
        try {
            return reading.rows();
        } catch (IOException | RuntimeException e) {
            takeBack(before);
            throw e;
        }
    }

    /**
     * Reads one file.
     *
     * @param file path inside the folder, {@code /} between folders
     * @return one entry for a plain file, one per write for an op file
     * @throws UnreadableFileException when its content cannot be taken; the batch is as before
     * @throws IOException when it cannot be opened or read
     */
    public List<SourceRows> read(String file) throws IOException {
        Optional<OpFileName> op = OpFileName.parse(lastStep(file));
        return takingBack(() -> op.isPresent() ? readOps(file, op.get()) : List.of(readPlain(file)));
    }

    private SourceRows readPlain(String file) throws IOException {
        String name = lastStep(file);
        DataName data = DataName.parse(name)
                .orElseThrow(() -> new UnreadableFileException(
                        "no reader knows this kind of file: use .csv .tsv .json .ndjson .jsonl .parquet or .arrow"));
        int first = batch.rows();
        out.begin(folderColumns(file));
        if (data.format() == Format.PARQUET || data.format() == Format.ARROW) {
            TypedFileProcess.Format format =
                    data.format() == Format.PARQUET ? TypedFileProcess.Format.PARQUET : TypedFileProcess.Format.ARROW;
            typed.read(folder.resolve(file), format, limits, out);
        } else {
            try (InputStream in = FileBytes.open(folder.resolve(file), data.packing(), limits)) {
                readText(in, data, name);
            }
        }
        return plain(file, first);
    }

    private void readText(InputStream in, DataName data, String name) throws IOException {
        switch (data.format()) {
            case CSV -> CsvRows.read(in, out, settings.csv());
            case TSV ->
                CsvRows.read(
                        in,
                        out,
                        new CsvDialect(
                                settings.csv().delimiter().or(() -> Optional.of('\t')),
                                settings.csv().header(),
                                settings.csv().quote(),
                                settings.csv().encoding()));
            case JSON -> JsonRows.read(in, out, () -> stem(data, name));
            default -> JsonRows.read(in, out, Optional::empty);
        }
    }

    private Optional<StemKey> stem(DataName data, String name) {
        String text = Normalizer.normalize(name.substring(0, data.stem().length()), Normalizer.Form.NFC);
        return text.isEmpty() ? Optional.empty() : Optional.of(new StemKey(settings.keyColumn(), text));
    }

    private static Map<String, String> folderColumns(String file) {
        if (file.indexOf('/') < 0) {
            return Map.of();
        }
        Map<String, String> columns = new LinkedHashMap<>();
        String[] steps = file.split("/", -1);
        for (int i = 0; i < steps.length - 1; i++) {
            int equals = steps[i].indexOf('=');
            if (equals > 0) {
                columns.put(decoded(steps[i].substring(0, equals)), decoded(steps[i].substring(equals + 1)));
            }
        }
        return columns;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // A stray percent sign is text like any other.
            return text;
        }
    }

    private List<SourceRows> readOps(String file, OpFileName name) throws IOException {
        if (name instanceof OpFileName.Delete delete) {
            return List.of(op(file, delete.id(), delete.last(), SourceRows.Kind.DELETE, 0));
        }
        try (InputStream in = FileBytes.open(folder.resolve(file), Packing.NONE, limits)) {
            if (name instanceof OpFileName.Upsert upsert) {
                JsonRows.read(
                        in,
                        out.begin(Map.of()),
                        () -> Optional.of(
                                new StemKey(settings.keyColumn(), upsert.id().text())));
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
        TableEvidence seen = evidence.finish();
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
        String op = "";
        Optional<RowId> id = Optional.empty();
        Optional<StreamId> streamId = Optional.empty();
        out.begin(Map.of());
        boolean payload = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "op" -> op = parser.getText();
                case "id" -> id = Optional.of(new RowId(parser.getText()));
                case "seq" -> streamId = Optional.of(StreamId.parse(parser.getText()));
                case "payload" -> {
                    payload = parser.currentToken() == JsonToken.START_OBJECT;
                    JsonRows.fields(parser, out);
                }
                default -> parser.skipChildren();
            }
        }
        boolean upsert = op.equals("upsert");
        if (id.isEmpty() || streamId.isEmpty() || upsert != payload || (!upsert && !op.equals("delete"))) {
            throw new UnreadableFileException(
                    "line " + line + " is no write of the form that stream-workers write: op '" + Excerpt.of(op) + "'");
        }
        if (upsert) {
            if (!out.has(foldedKey)) {
                out.scalar(settings.keyColumn(), 0, TokenKind.CELL, id.get().text());
            }
            out.endRow();
            requireKey(id.get());
        }
        SourceRows.Kind kind = upsert ? SourceRows.Kind.UPSERT : SourceRows.Kind.DELETE;
        return op(file, id.get(), streamId.get(), kind, upsert ? 1 : 0);
    }
}
