package io.ghala.refresher;

import io.ghala.folder.FilePath;
import io.ghala.folder.OpFileName;
import io.ghala.model.Column;
import io.ghala.model.TableSchema;
import io.ghala.refresher.detect.FoundFile;
import io.ghala.refresher.read.TableFileReader;
import io.ghala.refresher.rows.SourceRows;
import io.ghala.refresher.rows.UnreadableFileException;
import io.ghala.refresher.settings.TableSettings;
import io.ghala.type.TableEvidence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the schema that all files of a table must fit: the types that its settings pin, or else the columns of the
 * bytewise first readable file, plain files before writes.
 */
final class EstablishReference {
    private static final Logger log = LoggerFactory.getLogger(EstablishReference.class);

    private EstablishReference() {}

    /** Empty while there is nothing to go by. */
    static Optional<TableSchema> from(List<FoundFile> files, TableFileReader reader, TableSettings settings)
            throws IOException {
        if (!settings.pinned().isEmpty()) {
            return Optional.of(pinned(settings));
        }
        List<String> ordered = files.stream().map(FoundFile::name).collect(Collectors.toCollection(ArrayList::new));
        ordered.sort(Comparator.comparing(EstablishReference::isOp).thenComparing(Comparator.naturalOrder()));
        for (String file : ordered) {
            TableEvidence evidence = evidence(file, reader);
            if (!evidence.columns().isEmpty()) {
                return Optional.of(settings.schema(evidence));
            }
        }
        return Optional.empty();
    }

    private static TableSchema pinned(TableSettings settings) {
        String key = settings.keyColumn().foldedName();
        TableEvidence none = TableEvidence.NOTHING;
        List<Column> columns = new ArrayList<>(settings.schema(none).columns());
        columns.sort(
                Comparator.comparing((Column column) -> !column.foldedName().equals(key))
                        .thenComparing(Column::foldedName));
        return new TableSchema(columns);
    }

    private static boolean isOp(String file) {
        return OpFileName.parse(new FilePath(file).name()).isPresent();
    }

    private static TableEvidence evidence(String file, TableFileReader reader) throws IOException {
        try {
            return reader.read(file).stream()
                    .map(SourceRows::evidence)
                    .reduce(TableEvidence.NOTHING, TableEvidence::join);
        } catch (UnreadableFileException | java.nio.file.NoSuchFileException e) {
            log.debug("not the reference file={} reason=\"{}\"", file, e.getMessage());
            return TableEvidence.NOTHING;
        }
    }
}
