package io.ghala.refresher.state;

import io.ghala.refresher.detect.FileStamp;
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
    private Optional<Manifest> published;

    /** {@code published} is the version that the index is of, empty for an index that starts from nothing. */
    public TableState(Optional<Manifest> published) {
        this.published = published;
    }

    private record Refusal(Reading reading, String reason) {}

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
    public void refuse(String file, FileStamp stamp, long readAtMs, String reason) {
        refused.put(file, new Refusal(new Reading(stamp, readAtMs), reason));
    }

    /** The file is read or gone. */
    public void forgive(String file) {
        refused.remove(file);
    }

    public boolean isRefused(String file) {
        return refused.containsKey(file);
    }

    public List<RefusedFile> refusedFiles() {
        return refused.entrySet().stream()
                .map(file -> new RefusedFile(file.getKey(), file.getValue().reason()))
                .toList();
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
