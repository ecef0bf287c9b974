package io.ghala.chaos.check;

import io.ghala.chaos.history.History;
import io.ghala.chaos.history.History.Sighting;
import io.ghala.chaos.history.Observation;
import io.ghala.chaos.history.SeenRow;
import io.ghala.chaos.history.Write;
import io.ghala.model.StreamId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** A history with the look-ups that the checks share. */
final class Facts {
    private final History history;
    private final Map<Long, Write> byNumber = new HashMap<>();
    private final Map<String, List<Write>> deletes = new HashMap<>();
    private final Map<Long, TreeSet<StreamId>> idsOf = new HashMap<>();

    Facts(History history) {
        this.history = history;
        for (Write write : history.writes()) {
            byNumber.put((long) write.number(), write);
            if (write.kind() == Write.Kind.DELETE) {
                deletes.computeIfAbsent(write.row(), row -> new ArrayList<>()).add(write);
            }
            write.tokens().forEach(token -> noteId(write.number(), token.id()));
        }
        for (Sighting sighting : history.sightings()) {
            noteId(sighting.n(), sighting.id());
        }
        everything().forEach(observation -> observation.rows().forEach(this::noteRow));
        history.ending().folder().forEach(this::noteRow);
    }

    private void noteId(long number, StreamId id) {
        idsOf.computeIfAbsent(number, n -> new TreeSet<>()).add(id);
    }

    private void noteRow(SeenRow row) {
        if (!row.version().isEmpty()) {
            noteId(row.n(), StreamId.parse(row.version()));
        }
    }

    History history() {
        return history;
    }

    /** All observations, those at rest included. */
    List<Observation> everything() {
        List<Observation> all = new ArrayList<>(history.observations());
        all.addAll(history.ending().sql());
        all.addAll(history.ending().parquet());
        return all;
    }

    Optional<Write> write(long number) {
        return Optional.ofNullable(byNumber.get(number));
    }

    /** Every stream id under which the write or its row was ever seen. */
    NavigableSet<StreamId> ids(long number) {
        return idsOf.getOrDefault(number, new TreeSet<>());
    }

    /** The stream id of what a row shows; zero for a plain row. */
    StreamId versionOf(SeenRow row) {
        if (!row.version().isEmpty()) {
            return StreamId.parse(row.version());
        }
        NavigableSet<StreamId> ids = ids(row.n());
        return ids.isEmpty() ? StreamId.ZERO : ids.last();
    }

    /** Whether a delete may have hidden the row with an id of at least {@code least} by the time {@code ended}. */
    boolean mayBeDeleted(String row, StreamId least, long ended) {
        for (Write delete : deletes.getOrDefault(row, List.of())) {
            boolean later = delete.uncertain()
                    || delete.id().map(id -> id.compareTo(least) >= 0).orElse(false);
            if (later && delete.invoked() < ended) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether Redis lost everything after the write was asked for, so that it may be lost unless somebody saw it
     * applied.
     */
    boolean mayBeWiped(Write write) {
        return history.wipes().stream().anyMatch(wipe -> wipe.ended() >= write.invoked());
    }

    /** Whether Redis lost everything, op ids too, between the write's first attempt and its last. */
    boolean wipedDuring(Write write) {
        return history.wipes().stream()
                .anyMatch(wipe -> wipe.ended() >= write.invoked() && wipe.began() <= write.ended());
    }
}
