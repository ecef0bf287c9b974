package io.ghala.chaos.check;

import io.ghala.chaos.history.History;
import io.ghala.chaos.history.History.Damage;
import io.ghala.chaos.history.History.DeadLetter;
import io.ghala.chaos.history.History.Ending;
import io.ghala.chaos.history.History.Sighting;
import io.ghala.chaos.history.History.TokenRefusal;
import io.ghala.chaos.history.History.Wipe;
import io.ghala.chaos.history.Observation;
import io.ghala.chaos.history.Observation.Medium;
import io.ghala.chaos.history.Observation.RowWrite;
import io.ghala.chaos.history.Outcome;
import io.ghala.chaos.history.SeenRow;
import io.ghala.chaos.history.Token;
import io.ghala.chaos.history.Write;
import io.ghala.chaos.history.Write.Attempt;
import io.ghala.chaos.history.Write.Kind;
import io.ghala.model.StreamId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts a history together by hand. */
final class HistoryOf {
    static final String EPOCH = "0123456789abcdef";

    private final List<Write> writes = new ArrayList<>();
    private final List<Observation> observations = new ArrayList<>();
    private final List<TokenRefusal> refusals = new ArrayList<>();
    private final List<Damage> damages = new ArrayList<>();
    private final List<Wipe> wipes = new ArrayList<>();
    private final List<Sighting> sightings = new ArrayList<>();
    private final List<DeadLetter> dead = new ArrayList<>();
    private Ending ending = new Ending(List.of(), 0, List.of(), List.of(), List.of());

    private static Outcome token(long stream) {
        return new Outcome.Queued(new Token(EPOCH, StreamId.parse(stream + "-0")));
    }

    private HistoryOf write(int number, Kind kind, String row, Attempt... attempts) {
        writes.add(new Write(number, kind, row, "op-" + number, List.of(attempts)));
        return this;
    }

    HistoryOf queued(int number, String row, long invoked, long ended, long stream) {
        return write(number, Kind.UPSERT, row, new Attempt(invoked, ended, token(stream)));
    }

    HistoryOf deleted(int number, String row, long invoked, long ended, long stream) {
        return write(number, Kind.DELETE, row, new Attempt(invoked, ended, token(stream)));
    }

    HistoryOf poison(int number, long invoked, long ended, long stream) {
        return write(number, Kind.POISON, "r0", new Attempt(invoked, ended, token(stream)));
    }

    HistoryOf retried(int number, String row, long invoked, long ended, long first, long second) {
        return write(
                number,
                Kind.UPSERT,
                row,
                new Attempt(invoked, invoked + 1, token(first)),
                new Attempt(ended - 1, ended, token(second)));
    }

    HistoryOf uncertain(int number, String row, long invoked, long ended) {
        return write(number, Kind.UPSERT, row, new Attempt(invoked, ended, new Outcome.Unknown("no answer")));
    }

    HistoryOf uncertainDelete(int number, String row, long invoked, long ended) {
        return write(number, Kind.DELETE, row, new Attempt(invoked, ended, new Outcome.Unknown("no answer")));
    }

    HistoryOf refused(int number, String row, long invoked, long ended) {
        return write(number, Kind.UPSERT, row, new Attempt(invoked, ended, new Outcome.Refused("busy")));
    }

    HistoryOf sees(long version, long invoked, long ended, SeenRow... rows) {
        observations.add(observation(Medium.SQL, version, invoked, ended, List.of(rows), Optional.empty()));
        return this;
    }

    HistoryOf seesAfter(long version, long invoked, long ended, RowWrite after, SeenRow... rows) {
        observations.add(observation(Medium.SQL, version, invoked, ended, List.of(rows), Optional.of(after)));
        return this;
    }

    private static Observation observation(
            Medium medium, long version, long invoked, long ended, List<SeenRow> rows, Optional<RowWrite> after) {
        return new Observation(medium, "reader", invoked, ended, version, rows, after);
    }

    HistoryOf wiped(long began, long ended) {
        return add(new Wipe(began, ended));
    }

    HistoryOf add(Wipe wipe) {
        wipes.add(wipe);
        return this;
    }

    HistoryOf add(TokenRefusal refusal) {
        refusals.add(refusal);
        return this;
    }

    HistoryOf add(Damage damage) {
        damages.add(damage);
        return this;
    }

    HistoryOf add(Sighting sighting) {
        sightings.add(sighting);
        return this;
    }

    HistoryOf dead(DeadLetter letter) {
        dead.add(letter);
        return this;
    }

    /** Everything rests at the same rows. */
    void ends(long version, SeenRow... rows) {
        endsDiffering(version, List.of(rows), List.of(rows), List.of(rows));
    }

    void endsDiffering(long version, List<SeenRow> folder, List<SeenRow> sql, List<SeenRow> parquet) {
        long late = Long.MAX_VALUE - 1;
        ending = new Ending(
                folder,
                version,
                List.of(observation(Medium.SQL, version, late, late, sql, Optional.empty())),
                List.of(observation(Medium.PARQUET, version, late, late, parquet, Optional.empty())),
                dead);
    }

    History build() {
        return new History(writes, observations, refusals, damages, wipes, sightings, ending);
    }
}
