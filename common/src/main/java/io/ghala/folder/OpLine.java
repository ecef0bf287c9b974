package io.ghala.folder;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.ghala.model.OpId;
import io.ghala.model.RowId;
import io.ghala.model.StreamId;
import java.util.Optional;

/**
 * A line of a batch file: {@code {"op":"upsert","id":"7","seq":"1763812345678-0","op_id":"…","payload":{…}}} with the payload's characters
 * as the client wrote them, line breaks excepted (JSON allows blanks in their place); deletes have no payload; {@code op_id} only where
 * the client gave one.
 */
public final class OpLine {
    private OpLine() {}

    public static void upsert(RowId id, StreamId streamId, Optional<OpId> opId, String payload, StringBuilder out) {
        begin("upsert", id, streamId, opId, out);
        out.append(",\"payload\":")
                .append(payload.replace('\n', ' ').replace('\r', ' '))
                .append("}\n");
    }

    public static void delete(RowId id, StreamId streamId, Optional<OpId> opId, StringBuilder out) {
        begin("delete", id, streamId, opId, out);
        out.append("}\n");
    }

    private static void begin(String op, RowId id, StreamId streamId, Optional<OpId> opId, StringBuilder out) {
        out.append("{\"op\":\"").append(op).append("\",\"id\":\"");
        out.append(JsonStringEncoder.getInstance().quoteAsString(id.text()));
        out.append("\",\"seq\":\"").append(streamId).append('"');
        opId.ifPresent(name -> out.append(",\"op_id\":\"")
                .append(JsonStringEncoder.getInstance().quoteAsString(name.value()))
                .append('"'));
    }
}
