package io.ghala.refresher.verify.fold;

import io.ghala.model.KeyText;
import io.ghala.refresher.index.RowKey;
import io.ghala.refresher.keep.KeptRows;
import io.ghala.refresher.parts.FitTypes;
import io.ghala.refresher.read.TableFileReader;
import io.ghala.refresher.rows.RowBatch;
import io.ghala.refresher.rows.SourceRows;
import io.ghala.refresher.rows.SourceRows.Kind;
import io.ghala.refresher.rows.SourceRows.Op;
import io.ghala.refresher.rows.TokenColumn;
import io.ghala.refresher.rows.UnreadableFileException;
import io.ghala.refresher.settings.TableSettings;
import io.ghala.refresher.verify.findings.Progress;
import io.ghala.refresher.verify.fold.FoldedFolder.Row;
import io.ghala.type.TableEvidence;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Folds all files of a folder at once, as plainly as the rules can be written down: per row id the write with the
 * greatest stream id wins, every plain row without a write for its id shows, and so does every winner that is no
 * delete. Types come from all plain rows and the winners that show. All tokens are held in memory.
 */
public final class FoldFolder {
    /** So many bytes of tokens go into one batch, whose columns have a limit. */
    private static final long BATCH_BYTES = 256L << 20;

    private final TableSettings settings;
    private final Supplier<TableFileReader> readers;
    private final FitTypes fit;
    private final KeptRows kept;
    private final Progress progress;
    private final List<SourceRows> plain = new ArrayList<>();
    private final Map<String, Winner> winners = new HashMap<>();
    private final SortedMap<String, String> refused = new TreeMap<>();

    public FoldFolder(
            TableSettings settings, Supplier<TableFileReader> readers, FitTypes fit, KeptRows kept, Progress progress) {
        this.settings = settings;
        this.readers = readers;
        this.fit = fit;
        this.kept = kept;
        this.progress = progress;
    }

    private record Winner(SourceRows source, Op op) {}

    public FoldedFolder fold(Collection<String> files) throws IOException {
        TableFileReader reader = readers.get();
        int done = 0;
        for (String file : files) {
            List<SourceRows> sources = read(reader, file);
            sources.forEach(this::take);
            if (!sources.isEmpty() && sources.get(0).batch().bytes() > BATCH_BYTES) {
                reader = readers.get();
            }
            progress.at("files read", ++done, files.size());
        }
        return folded();
    }

    /** The rows of a file; where it is refused those that were kept of it, or none. */
    private List<SourceRows> read(TableFileReader reader, String file) throws IOException {
        String reason;
        try {
            List<SourceRows> sources = reader.read(file);
            Optional<String> unfit = fit.problem(sources);
            if (unfit.isEmpty()) {
                return sources;
            }
            reason = unfit.get();
        } catch (NoSuchFileException e) {
            // Gone since it was listed: the listing after this look tells.
            return List.of();
        } catch (UnreadableFileException | IOException e) {
            reason = String.valueOf(e.getMessage());
        }
        refused.put(file, reason);
        return kept.read(file).filter(rows -> fit.problem(rows).isEmpty()).orElse(List.of());
    }

    private void take(SourceRows source) {
        if (source.op().isEmpty()) {
            plain.add(source);
            return;
        }
        Winner candidate = new Winner(source, source.op().get());
        winners.merge(candidate.op().id().text(), candidate, FoldFolder::later);
    }

    /** The same write in two files counts once, as the bytewise smaller name has it. */
    private static Winner later(Winner held, Winner candidate) {
        int byStreamId = candidate.op().streamId().compareTo(held.op().streamId());
        boolean wins = byStreamId > 0
                || (byStreamId == 0
                        && candidate.source().file().compareTo(held.source().file()) < 0);
        return wins ? candidate : held;
    }

    private FoldedFolder folded() {
        List<Row> rows = new ArrayList<>();
        TableEvidence evidence = TableEvidence.NOTHING;
        String key = settings.keyColumn().foldedName();
        Set<String> hashedIds = hashedIds();
        for (SourceRows source : plain) {
            evidence = evidence.join(source.evidence());
            TokenColumn hashes = source.batch().column(RowBatch.KEPT_KEY);
            for (int row = source.firstRow(); row < source.firstRow() + source.rows(); row++) {
                boolean written = hashes == null
                        ? id(source.batch().column(key), row)
                                .filter(winners::containsKey)
                                .isPresent()
                        : hashedIds.contains(hashes.text(row));
                if (!written) {
                    rows.add(new Row(source, row));
                }
            }
        }
        for (Winner winner : winners.values()) {
            if (winner.op().kind() == Kind.UPSERT) {
                evidence = evidence.join(winner.source().evidence());
                rows.add(new Row(winner.source(), winner.source().firstRow()));
            }
        }
        return new FoldedFolder(settings.schema(evidence), rows, refused);
    }

    /** The ids that were written, in the form in which kept rows say theirs; none where no rows are kept. */
    private Set<String> hashedIds() {
        if (plain.stream().noneMatch(source -> source.batch().column(RowBatch.KEPT_KEY) != null)) {
            return Set.of();
        }
        return winners.keySet().stream()
                .map(id -> RowKey.of(id))
                .map(key -> String.format("%016x%08x", key.high(), key.low()))
                .collect(Collectors.toSet());
    }

    /**
     * The id of a plain row: its key as it stands in its file, numbers in their one canonical form; empty where writes
     * cannot touch it.
     */
    private static Optional<String> id(@org.jspecify.annotations.Nullable TokenColumn keys, int row) {
        if (keys == null) {
            return Optional.empty();
        }
        return switch (keys.kind(row)) {
            case ABSENT, NULL, NESTED -> Optional.empty();
            case NUMBER -> KeyText.ofNumber(keys.text(row));
            case TRUE, FALSE, STRING, CELL -> Optional.of(keys.text(row));
        };
    }
}
