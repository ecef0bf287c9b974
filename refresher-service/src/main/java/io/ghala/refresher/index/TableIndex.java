package io.ghala.refresher.index;

import io.ghala.model.ColumnType;
import io.ghala.type.TableEvidence;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The table as the folder means it: all parts, the files they hold, which rows show and what they say about types.
 *
 * <p>Every row with the id of a write is hidden by it; of several writes of an id the one with the greatest stream id
 * shows, unless it is a delete. The same write in several files shows once, from the bytewise smallest file name. Plain
 * rows hide nothing. A function of the set of files alone, whatever the order in which they came and went. Not for
 * several threads.
 */
public final class TableIndex {
    private final List<Part> parts = new ArrayList<>();
    private final Map<String, FileParts> files = new HashMap<>();
    private final EvidenceCount evidence = new EvidenceCount();
    private final TypeOrigins origins = new TypeOrigins(this);

    public List<Part> parts() {
        return List.copyOf(parts);
    }

    public Set<String> fileNames() {
        return files.keySet();
    }

    /** The file of that name, or null. */
    public @Nullable KnownFile file(String name) {
        FileParts entry = files.get(name);
        return entry == null ? null : entry.file();
    }

    /** The parts that hold rows of the file, which is in the index. */
    public List<Part> partsOf(KnownFile file) {
        FileParts entry = files.get(file.name());
        return entry == null ? List.of() : entry.parts();
    }

    /** Which file or write made each column the type that it is. */
    public TypeOrigins origins() {
        return origins;
    }

    /** What decides that a column has a type. */
    Set<TableEvidence> decisive(String column, ColumnType type) {
        return evidence.decisive(column, type);
    }

    /** Takes what a file, or a write that shows, says about types. */
    interface EvidenceVisitor {
        void evidence(String file, TableEvidence evidence);
    }

    /** Calls {@code visitor} for every file and for every write that shows. */
    void eachEvidence(EvidenceVisitor visitor) {
        files.forEach((name, entry) -> visitor.evidence(name, entry.file().evidence()));
        for (Part part : parts) {
            PartIndex rows = part.index();
            OpRows ops = rows.ops();
            for (int row = 0; ops != null && row < rows.rows(); row++) {
                if (ops.isOp(row) && part.visible(row)) {
                    visitor.evidence(rows.files().get(rows.fileOf(row)).name(), ops.evidenceOf(row));
                }
            }
        }
    }

    public TableEvidence evidence() {
        return evidence.joined();
    }

    /** Takes in a part whose marks are as they were published. */
    public void restore(Part part) {
        register(part);
        PartIndex index = part.index();
        OpRows ops = index.ops();
        if (ops != null) {
            for (int row = 0; row < index.rows(); row++) {
                if (ops.isOp(row) && part.visible(row)) {
                    evidence.add(ops.evidenceOf(row), 1);
                }
            }
        }
    }

    private void register(Part part) {
        parts.add(part);
        IdentityHashMap<TableEvidence, Integer> counts = new IdentityHashMap<>();
        part.liveFiles().forEach(file -> register(file, part, counts));
        counts.forEach(evidence::add);
    }

    private void register(KnownFile file, Part part, IdentityHashMap<TableEvidence, Integer> counts) {
        FileParts fresh = new FileParts(file);
        FileParts entry = files.putIfAbsent(file.name(), fresh);
        if (entry == null) {
            entry = fresh;
            counts.merge(file.evidence(), 1, Integer::sum);
        }
        file.in(entry);
        entry.add(part);
    }

    /**
     * The files of these names have gone, and {@code fresh} brings rows of other files: decides which rows show now.
     *
     * @param gone names that are in the index
     * @param fresh rows of files that are not, every write and every row hidden until decided; null where there is none
     */
    public void change(Collection<String> gone, @Nullable Part fresh) {
        AffectedKeys affected = new AffectedKeys();
        remove(gone, affected);
        if (fresh != null) {
            register(fresh);
            if (parts.stream().anyMatch(part -> part.index().ops() != null)) {
                addKeys(fresh.index().keys(), affected);
            }
        }
        RowDecision decision = new RowDecision(parts, evidence);
        for (int i = 0; i < affected.size(); i++) {
            decision.decide(affected.high(i), affected.low(i));
        }
    }

    private static void addKeys(KeyIndex keys, AffectedKeys affected) {
        for (int i = 0; i < keys.size(); i++) {
            if (i == 0 || keys.high(i) != keys.high(i - 1) || keys.low(i) != keys.low(i - 1)) {
                affected.add(keys.high(i), keys.low(i));
            }
        }
    }

    private void remove(Collection<String> gone, AffectedKeys affected) {
        Set<Part> touched = new LinkedHashSet<>();
        for (String name : gone) {
            FileParts entry = files.remove(name);
            if (entry == null) {
                throw new IllegalArgumentException("file " + name + " is not in the index");
            }
            evidence.remove(entry.file().evidence());
            touched.addAll(entry.parts());
        }
        Set<String> names = gone instanceof Set<String> set ? set : new HashSet<>(gone);
        for (Part part : touched) {
            BitSet here = part.liveFilesNamed(names);
            forgetWrites(part, here, affected);
            part.drop(here);
        }
    }

    /** The ids of the writes that go with the files may have another winner now. */
    private void forgetWrites(Part part, BitSet goneFiles, AffectedKeys affected) {
        PartIndex index = part.index();
        OpRows ops = index.ops();
        if (ops == null) {
            return;
        }
        BitSet writes = new BitSet();
        for (int run = 0; run < index.runStarts().length; run++) {
            if (goneFiles.get(index.runFiles()[run])) {
                markWrites(part, ops, index.runStarts()[run], index.runEnd(run), writes);
            }
        }
        KeyIndex keys = index.keys();
        for (int i = 0; i < keys.size() && !writes.isEmpty(); i++) {
            if (writes.get(keys.row(i))) {
                affected.add(keys.high(i), keys.low(i));
            }
        }
    }

    private void markWrites(Part part, OpRows ops, int from, int to, BitSet writes) {
        for (int row = from; row < to; row++) {
            if (ops.isOp(row)) {
                writes.set(row);
                if (part.visible(row)) {
                    evidence.remove(ops.evidenceOf(row));
                }
            }
        }
    }

    /** Puts {@code built} in the place of {@code absorbed}, whose live rows they hold with the same visibility. */
    public void replace(Set<Part> absorbed, List<Part> built) {
        for (Part part : absorbed) {
            part.liveFiles().forEach(file -> file.parts().remove(part));
        }
        parts.removeAll(absorbed);
        for (Part part : built) {
            parts.add(part);
            part.liveFiles().forEach(file -> file.parts().add(part));
        }
    }
}
