package io.ghala.worker.stage;

import io.ghala.folder.Op;
import io.ghala.folder.OpFileName;
import io.ghala.folder.OpLine;
import io.ghala.intent.Intent;
import io.ghala.model.InvalidValueException;
import io.ghala.model.RowId;
import io.ghala.model.StreamId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the write that a row of a table's folder has now. It lists the folder anew, so that what people removed by hand
 * counts, and reads the {@code ops@} files from the newest down to where none can hold a later write.
 */
public final class RowOps {
    private RowOps() {}

    /**
     * The row's greatest write below {@code bound}. A file that goes while it is read makes the folder be listed again.
     */
    public static Optional<Op> latestBelow(Path table, RowId id, StreamId bound) throws IOException {
        List<OpFileName.Batch> batches = new ArrayList<>();
        @Nullable Op best = null;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(table)) {
            for (Path file : files) {
                OpFileName name =
                        OpFileName.parse(file.getFileName().toString()).orElse(null);
                if (name instanceof OpFileName.Batch batch) {
                    batches.add(batch);
                } else if (name != null && idOf(name).equals(id) && name.last().compareTo(bound) < 0) {
                    best = later(best, read(table, name, id));
                }
            }
        }
        batches.sort(Comparator.comparing(OpFileName.Batch::last).reversed());
        for (OpFileName.Batch batch : batches) {
            if (best != null && batch.last().compareTo(best.streamId()) <= 0) {
                break;
            }
            best = latestOf(table.resolve(batch.fileName()), id, bound, best);
        }
        return Optional.ofNullable(best);
    }

    public static RowId idOf(OpFileName name) {
        if (name instanceof OpFileName.Upsert upsert) {
            return upsert.id();
        }
        if (name instanceof OpFileName.Delete delete) {
            return delete.id();
        }
        throw new IllegalArgumentException(name.fileName() + " holds many rows");
    }

    /** The write of a file that holds one. */
    public static Op read(Path table, OpFileName name, RowId id) throws IOException {
        StringBuilder line = new StringBuilder();
        if (name instanceof OpFileName.Delete) {
            OpLine.append(new Intent.Delete(id), name.last(), Optional.empty(), line);
            return new Op(id, name.last(), Optional.empty(), line.toString());
        }
        String payload = OpLine.oneLine(Files.readString(table.resolve(name.fileName()), StandardCharsets.UTF_8)
                .strip());
        OpLine.append(new Intent.Upsert(id, payload), name.last(), Optional.empty(), line);
        return new Op(id, name.last(), Optional.of(payload), line.toString());
    }

    private static @Nullable Op latestOf(Path file, RowId id, StreamId bound, @Nullable Op best) throws IOException {
        String field = OpLine.idField(id);
        @Nullable Op latest = best;
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            if (line.contains(field)) {
                Op op = parse(file, line);
                if (op.id().equals(id) && op.streamId().compareTo(bound) < 0) {
                    latest = later(latest, op);
                }
            }
        }
        return latest;
    }

    private static Op parse(Path file, String line) throws IOException {
        try {
            return OpLine.parse(line);
        } catch (InvalidValueException e) {
            throw new IOException(file.getFileName() + ": " + e.getMessage(), e);
        }
    }

    private static Op later(@Nullable Op a, Op b) {
        return a == null || b.streamId().compareTo(a.streamId()) > 0 ? b : a;
    }
}
