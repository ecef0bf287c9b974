package io.ghala.chaos.history;

import io.ghala.model.StreamId;
import java.util.List;

/**
 * All that happened in a run and is needed to judge it.
 *
 * @param refusals answers that a token is not known or dead
 * @param damages snapshots in Redis, or Parquet files, that did not hold what they say
 * @param wipes times at which Redis lost everything
 * @param sightings op files that were in the folder at some time
 */
public record History(
        List<Write> writes,
        List<Observation> observations,
        List<TokenRefusal> refusals,
        List<Damage> damages,
        List<Wipe> wipes,
        List<Sighting> sightings,
        Ending ending) {
    public History {
        writes = List.copyOf(writes);
        observations = List.copyOf(observations);
        refusals = List.copyOf(refusals);
        damages = List.copyOf(damages);
        wipes = List.copyOf(wipes);
        sightings = List.copyOf(sightings);
    }

    /** A read was told that this token cannot be waited for. */
    public record TokenRefusal(Observation.RowWrite write, long invoked, long ended, String detail) {}

    /** Something published that contradicts itself. */
    public record Damage(String what) {}

    /** Redis was emptied between these times. */
    public record Wipe(long began, long ended) {}

    /** The folder held this write; {@code n} is -1 for a delete. */
    public record Sighting(String row, StreamId id, long n) {}

    /** A dead letter: the stream id that its entry had, and the row. */
    public record DeadLetter(StreamId id, String row) {}

    /**
     * What was there when everything had come to rest.
     *
     * @param folder the rows that the folder means by an independent fold
     * @param published version that Redis names
     * @param sql one answer per query-service
     */
    public record Ending(
            List<SeenRow> folder,
            long published,
            List<Observation> sql,
            List<Observation> parquet,
            List<DeadLetter> dead) {
        public Ending {
            folder = List.copyOf(folder);
            sql = List.copyOf(sql);
            parquet = List.copyOf(parquet);
            dead = List.copyOf(dead);
        }
    }
}
