package io.ghala.folder;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.ghala.model.Excerpt;
import io.ghala.model.InvalidValueException;
import io.ghala.model.OpId;
import io.ghala.model.RowId;
import io.ghala.model.StreamId;
import io.ghala.token.JsonTokens;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A line of a batch file: {@code {"op":"upsert","id":"7","seq":"1763812345678-0","op_id":"…","payload":{…}}} with the payload's characters
 * as the client wrote them, line breaks excepted (JSON allows blanks in their place); deletes have no payload; {@code op_id} only where
 * the client gave one.
 */
public final class OpLine {
    private OpLine() {}

    public static void upsert(RowId id, StreamId streamId, Optional<OpId> opId, String payload, StringBuilder out) {
        begin("upsert", id, streamId, opId, out);
        out.append(",\"payload\":").append(oneLine(payload)).append("}\n");
    }

    public static void delete(RowId id, StreamId streamId, Optional<OpId> opId, StringBuilder out) {
        begin("delete", id, streamId, opId, out);
        out.append("}\n");
    }

    private static void begin(String op, RowId id, StreamId streamId, Optional<OpId> opId, StringBuilder out) {
        out.append("{\"op\":\"").append(op).append("\",");
        id(id, out);
        out.append(",\"seq\":\"").append(streamId).append('"');
        if (opId.isPresent()) {
            out.append(",\"op_id\":\"");
            JsonStringEncoder.getInstance().quoteAsString(opId.get().value(), out);
            out.append('"');
        }
    }

    private static void id(RowId id, StringBuilder out) {
        out.append("\"id\":\"");
        JsonStringEncoder.getInstance().quoteAsString(id.text(), out);
        out.append('"');
    }

    /** What every line of a write to {@code id} contains, and rarely another: to pass over lines without parsing them. */
    public static String idField(RowId id) {
        StringBuilder out = new StringBuilder();
        id(id, out);
        return out.toString();
    }

    /** The payload as it stands in a line. */
    public static String oneLine(String payload) {
        return payload.indexOf('\n') < 0 && payload.indexOf('\r') < 0
                ? payload
                : payload.replace('\n', ' ').replace('\r', ' ');
    }

    /**
     * Reads a line.
     *
     * @throws InvalidValueException when it is not of the form above: somebody edited the file
     */
    public static Op parse(String line) {
        String op = "";
        @Nullable RowId id = null;
        @Nullable StreamId streamId = null;
        Optional<String> payload = Optional.empty();
        try (JsonParser parser = JsonTokens.parser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw wrong(line);
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "op" -> op = parser.getText();
                    case "id" -> id = new RowId(parser.getText());
                    case "seq" -> streamId = StreamId.parse(parser.getText());
                    case "payload" -> payload = Optional.of(rawObject(parser, line));
                    default -> parser.skipChildren();
                }
            }
            if (parser.nextToken() != null) {
                throw wrong(line);
            }
        } catch (IOException e) {
            throw wrong(line);
        }
        boolean whole = op.equals("upsert") ? payload.isPresent() : op.equals("delete") && payload.isEmpty();
        if (id == null || streamId == null || !whole) {
            throw wrong(line);
        }
        return new Op(id, streamId, payload, line + "\n");
    }

    private static String rawObject(JsonParser parser, String line) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw wrong(line);
        }
        int from = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        return line.substring(from, (int) parser.currentLocation().getCharOffset());
    }

    private static InvalidValueException wrong(String line) {
        return new InvalidValueException("the line is no write of an ops file: " + Excerpt.of(line));
    }
}
