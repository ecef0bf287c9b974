package io.ghala.folder;

import io.ghala.model.RowId;
import io.ghala.model.StreamId;
import java.util.Optional;

/**
 * One write as an op file holds it.
 *
 * @param payload the JSON object of an upsert on one line, empty for a delete
 * @param line the write as a line of an {@code ops@} file, with its line break
 */
public record Op(RowId id, StreamId streamId, Optional<String> payload, String line) {}
