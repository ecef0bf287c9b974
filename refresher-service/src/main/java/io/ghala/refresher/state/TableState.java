package io.ghala.refresher.state;

import static java.util.Objects.requireNonNull;

import io.ghala.refresher.detect.FoundFile;
import io.ghala.refresher.detect.KnownFiles;
import io.ghala.refresher.index.KnownFile;
import io.ghala.refresher.index.TableIndex;
import io.ghala.snapshot.Manifest;
import io.ghala.snapshot.RefusedFile;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What the refresher knows of a table between two looks at its folder. Not for several threads. */
public final class TableState implements KnownFiles {
    private final TableIndex index = new TableIndex();
    private final Map<String, Refusal> refused = new TreeMap<>();
    private final SuspectFiles suspects = new SuspectFiles();
    private Optional<Manifest> published;

    /** {@code published} is the version that the index is of, empty for an index that starts from nothing. */
    public TableState(Optional<Manifest> published) {
        this.published = published;
    }

    private record Refusal(Reading reading, RefusedFile.Kind kind, String reason) {}

    public TableIndex index() {
        return index;
    }

    public Optional<Manifest> published() {
        return published;
    }

    public void published(Manifest manifest) {
        published = Optional.of(manifest);
    }

    /** The file's rows are not in the table, for this reason. */
    public void refuse(FoundFile file, long readAtMs, RefusedFile.Kind kind, String reason) {
        suspects.forget(file.name());
        refused.put(file.name(), new Refusal(new Reading(file.stamp(), readAtMs), kind, reason));
    }

    /** The file's rows are in the table. */
    public void taken(String file, long readAtMs) {
        suspects.consider(file, readAtMs);
    }

    /** All files of the index were taken before. */
    public void restored() {
        for (String file : index.fileNames()) {
            suspects.consider(file, requireNonNull(index.file(file)).readAtMs());
        }
    }

    /** The file is read or gone. */
    public void forgive(String file) {
        refused.remove(file);
        suspects.forget(file);
    }

    public boolean isRefused(String file) {
        return refused.containsKey(file);
    }

    public List<RefusedFile> refusedFiles() {
        Map<String, RefusedFile> listed = new TreeMap<>(suspects.warnings(file -> index.file(file) != null));
        refused.forEach((file, why) -> listed.put(file, new RefusedFile(why.kind(), file, why.reason())));
        return List.copyOf(listed.values());
    }

    @Override
    public int count() {
        int both = (int) refused.keySet().stream()
                .filter(file -> index.file(file) != null)
                .count();
        return index.fileNames().size() + refused.size() - both;
    }

    @Override
    public boolean knows(String file) {
        return index.file(file) != null || refused.containsKey(file);
    }

    @Override
    public Set<String> names() {
        Set<String> names = new HashSet<>(index.fileNames());
        names.addAll(refused.keySet());
        return names;
    }

    @Override
    public Collection<String> refused() {
        return refused.keySet();
    }

    @Override
    public Optional<Reading> reading(String file) {
        Refusal refusal = refused.get(file);
        if (refusal != null) {
            return Optional.of(refusal.reading());
        }
        KnownFile known = index.file(file);
        return known == null ? Optional.empty() : Optional.of(new Reading(known.stamp(), known.readAtMs()));
    }
}
