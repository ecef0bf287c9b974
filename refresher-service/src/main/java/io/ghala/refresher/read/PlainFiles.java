package io.ghala.refresher.read;

import io.ghala.folder.DataName;
import io.ghala.refresher.read.format.CopiedOps;
import io.ghala.refresher.read.format.CsvRows;
import io.ghala.refresher.read.format.FileBytes;
import io.ghala.refresher.read.format.FileKind;
import io.ghala.refresher.read.format.JsonRows;
import io.ghala.refresher.read.format.JsonRows.StemKey;
import io.ghala.refresher.read.format.TypedFiles;
import io.ghala.refresher.rows.ReadLimits;
import io.ghala.refresher.rows.RowWriter;
import io.ghala.refresher.settings.CsvDialect;
import io.ghala.refresher.settings.TableSettings;
import io.ghala.refresher.typed.process.TypedFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Optional;

/** Reads plain files, people's own, each by the reader of its format. */
final class PlainFiles {
    private final TableSettings settings;
    private final ReadLimits limits;
    private final TypedFiles typed;
    private final RowWriter out;

    PlainFiles(TableSettings settings, ReadLimits limits, TypedFiles typed, RowWriter out) {
        this.settings = settings;
        this.limits = limits;
        this.typed = typed;
        this.out = out;
    }

    /** Hands the rows of one file on. */
    private interface FormatReader {
        void read(Path file) throws IOException;
    }

    /** Hands the rows of a text on, unpacked. */
    private interface TextReader {
        void read(InputStream in) throws IOException;
    }

    /** Reads {@code file}, whose name says {@code data}. */
    void read(Path file, DataName data) throws IOException {
        FormatReader reader =
                switch (data.format()) {
                    case JSON, NDJSON, CSV, TSV -> text(data);
                    case PARQUET -> typed(TypedFormat.PARQUET);
                    case ARROW -> typed(TypedFormat.ARROW);
                };
        reader.read(file);
    }

    private FormatReader typed(TypedFormat format) {
        return file -> typed.read(file, format, limits, out);
    }

    private FormatReader text(DataName data) {
        return file -> {
            try (InputStream in = FileBytes.open(file, data.packing(), limits)) {
                readText(in, data);
            }
        };
    }

    /** Reads a file's text. */
    void readText(InputStream in, DataName data) throws IOException {
        TextReader reader =
                switch (data.format()) {
                    case CSV -> text -> CsvRows.read(text, out, settings.csv());
                    case TSV -> text -> CsvRows.read(text, out, tabs(settings.csv()));
                    case JSON -> text -> JsonRows.read(text, out, () -> stem(data));
                    case NDJSON -> text -> JsonRows.read(text, out, Optional::empty);
                    case PARQUET, ARROW -> throw new IllegalArgumentException(data.format() + " is no text");
                };
        reader.read(CopiedOps.requireNone(FileKind.requireText(in, data.format()), data.format()));
    }

    private static CsvDialect tabs(CsvDialect csv) {
        return new CsvDialect(csv.delimiter().or(() -> Optional.of('\t')), csv.header(), csv.quote(), csv.encoding());
    }

    /** The key that a file of one object without one takes from its name. */
    Optional<StemKey> stem(DataName data) {
        String text = Normalizer.normalize(data.stem(), Normalizer.Form.NFC);
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(new StemKey(settings.keyColumn().name(), text));
    }
}
