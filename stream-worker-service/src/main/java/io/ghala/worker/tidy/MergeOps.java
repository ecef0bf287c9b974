package io.ghala.worker.tidy;

import io.ghala.folder.Op;
import io.ghala.folder.OpFileName;
import io.ghala.folder.OpLine;
import io.ghala.intent.IntentValidation;
import io.ghala.model.InvalidValueException;
import io.ghala.model.KeyColumn;
import io.ghala.model.RowId;
import io.ghala.model.StreamId;
import io.ghala.worker.apply.BatchFiles;
import io.ghala.worker.stage.RowOps;
import io.ghala.worker.stage.Stage.OpFile;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Merges op files into one that holds each row's last write, deletes included. A file that somebody made unreadable by
 * hand is left as it is.
 */
final class MergeOps {
    private static final Logger log = LoggerFactory.getLogger(MergeOps.class);

    private MergeOps() {}

    /** The merged file and the files that it replaces; no file where nothing is left to be written. */
    record Merged(Optional<OpFile> file, List<OpFileName> inputs) {
        Merged {
            inputs = List.copyOf(inputs);
        }
    }

    /**
     * Reads and merges; writes nothing.
     *
     * @param spentBefore deletes before it are left out where none of the files holds another write of the row
     * @throws java.nio.file.NoSuchFileException when a file went meanwhile
     */
    static Merged of(Path table, List<OpFileName> files, StreamId spentBefore, KeyColumn keyColumn) throws IOException {
        Map<RowId, Op> last = new HashMap<>();
        Set<RowId> often = new HashSet<>();
        List<OpFileName> inputs = new ArrayList<>();
        StreamId greatest = StreamId.ZERO;
        // The same write in two files counts as the one with the smaller name has it.
        for (OpFileName file : files.stream()
                .sorted(Comparator.comparing(OpFileName::fileName))
                .toList()) {
            List<Op> ops;
            try {
                ops = read(table, file, keyColumn);
            } catch (InvalidValueException | MalformedInputException e) {
                log.warn("op file left alone file={} problem=\"{}\"", file.fileName(), e.getMessage());
                continue;
            }
            inputs.add(file);
            greatest = file.last().compareTo(greatest) > 0 ? file.last() : greatest;
            for (Op op : ops) {
                Op known = last.get(op.id());
                if (known != null && !known.streamId().equals(op.streamId())) {
                    often.add(op.id());
                }
                if (known == null || op.streamId().compareTo(known.streamId()) > 0) {
                    last.put(op.id(), op);
                }
            }
        }
        List<Op> kept = last.values().stream()
                .filter(op -> op.payload().isPresent()
                        || often.contains(op.id())
                        || op.streamId().compareTo(spentBefore) >= 0)
                .sorted(Comparator.comparing(Op::streamId).thenComparing(Op::id))
                .toList();
        if (kept.isEmpty()) {
            return new Merged(Optional.empty(), inputs);
        }
        StringBuilder lines = new StringBuilder();
        kept.forEach(op -> lines.append(op.line()));
        return new Merged(Optional.of(BatchFiles.segment(greatest, lines)), inputs);
    }

    private static List<Op> read(Path table, OpFileName file, KeyColumn keyColumn) throws IOException {
        if (!(file instanceof OpFileName.Batch)) {
            RowId id = RowOps.idOf(file);
            Op op = RowOps.read(table, file, id);
            op.payload().ifPresent(payload -> IntentValidation.requireValid(id, payload, keyColumn));
            return List.of(op);
        }
        List<Op> ops = new ArrayList<>();
        for (String line : Files.readAllLines(table.resolve(file.fileName()), StandardCharsets.UTF_8)) {
            if (!line.isBlank()) {
                Op op = OpLine.parse(line);
                if (op.streamId().compareTo(file.last()) > 0) {
                    throw new InvalidValueException("it holds " + op.streamId() + ", beyond the id in its name");
                }
                ops.add(op);
            }
        }
        return ops;
    }
}
