package io.ghala.refresher.read;

import io.ghala.folder.DataName;
import io.ghala.folder.DataName.Format;
import io.ghala.folder.FilePath;
import io.ghala.folder.OpFileName;
import io.ghala.refresher.detect.FoundFile;
import io.ghala.refresher.read.format.CopiedOps;
import io.ghala.refresher.read.format.JsonRows;
import io.ghala.refresher.read.format.OpFiles;
import io.ghala.refresher.read.format.TypedFiles;
import io.ghala.refresher.rows.LoadableRows;
import io.ghala.refresher.rows.ReadLimits;
import io.ghala.refresher.rows.RowBatch;
import io.ghala.refresher.rows.RowWriter;
import io.ghala.refresher.rows.SourceRows;
import io.ghala.refresher.rows.UnreadableFileException;
import io.ghala.refresher.settings.TableSettings;
import io.ghala.type.EvidenceGatherer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the files of one table, one after the other, into a batch that grows. Not for several threads. */
public final class TableFileReader {
    private static final Logger log = LoggerFactory.getLogger(TableFileReader.class);
    private final Path folder;
    private final RowBatch batch = new RowBatch();
    private final EvidenceGatherer evidence = new EvidenceGatherer();
    private final String foldedKey;
    private final RowWriter out;
    private final JoinedFiles joined;
    private final OpFiles ops;
    private final PlainFiles plain;

    public TableFileReader(Path folder, TableSettings settings, ReadLimits limits, TypedFiles typed) {
        this.folder = folder;
        this.foldedKey = settings.keyColumn().foldedName();
        this.out = new RowWriter(batch, evidence, limits);
        this.joined = new JoinedFiles(limits, out);
        this.plain = new PlainFiles(settings, limits, typed, out);
        this.ops = new OpFiles(folder, settings, limits, batch, evidence, out);
    }

    /** Bytes of all tokens that were read so far, about. */
    long bytes() {
        return batch.bytes();
    }

    /** Reads files; small ones of JSON many at a time. */
    void read(List<FoundFile> files, FileSink sink) {
        for (FoundFile file : files) {
            read(file, sink);
        }
        readJoined(sink);
    }

    private void read(FoundFile file, FileSink sink) {
        String last = lastStep(file.name());
        Optional<DataName> name = DataName.parse(last);
        boolean join = name.isPresent()
                && joined.takes(name.get(), file.stamp().size())
                && OpFileName.parse(last).isEmpty()
                && !OpFileName.isLike(last);
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

    private void readJoined(FileSink sink) {
        for (int i = 0; i < joined.size(); i++) {
            readJoined(i, sink);
        }
        joined.clear();
    }

    private void readJoined(int i, FileSink sink) {
        try {
            sink.read(joined.file(i), readJoined(i));
        } catch (IOException | RuntimeException e) {
            sink.failed(joined.file(i), e);
        }
    }

    private List<SourceRows> readJoined(int i) throws IOException {
        String file = joined.file(i).name();
        int first = batch.rows();
        try {
            out.begin(FolderColumns.of(file));
            int objects = joined.read(i);
            if (objects == 1 && joined.name(i).format() == Format.JSON && !out.has(foldedKey)) {
                JsonRows.addKey(out, () -> plain.stem(joined.name(i)));
            }
            if (objects > 0) {
                out.endRow();
            }
            if (objects >= 0) {
                return List.of(plain(file, first));
            }
        } catch (RuntimeException e) {
            log.debug("read alone file={} reason=\"{}\"", file, e.getMessage());
        }
        takeBack(first);
        return takingBack(() -> {
            out.begin(FolderColumns.of(file));
            plain.readText(new ByteArrayInputStream(joined.content(i)), joined.name(i));
            return List.of(plain(file, first));
        });
    }

    private SourceRows plain(String file, int first) {
        return new SourceRows(
                file, batch, first, batch.rows() - first, LoadableRows.requireFew(evidence.finish()), Optional.empty());
    }

    private void takeBack(int toRows) {
        batch.rollback(toRows);
        evidence.discard();
    }

    private static String lastStep(String file) {
        return new FilePath(file).name();
    }

    /** Gives the rows of one file. */
    private interface FileRows {
        List<SourceRows> rows() throws IOException;
    }

    private List<SourceRows> takingBack(FileRows file) throws IOException {
        int before = batch.rows();
        try {
            return file.rows();
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
        CopiedOps.requireNone(lastStep(file));
        Optional<OpFileName> op = OpFileName.parse(lastStep(file));
        return takingBack(() -> op.isPresent() ? ops.read(file, op.get()) : List.of(readPlain(file)));
    }

    private SourceRows readPlain(String file) throws IOException {
        DataName data = DataName.parse(lastStep(file))
                .orElseThrow(() -> new UnreadableFileException(
                        "no reader knows this kind of file: use .csv .tsv .json .ndjson .jsonl .parquet or .arrow"));
        int first = batch.rows();
        out.begin(FolderColumns.of(file));
        plain.read(folder.resolve(file), data);
        return plain(file, first);
    }
}
