package io.ghala.folder;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.ghala.intent.Intent;
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
 * A line of a batch file: {@code {"op":"upsert","id":"7","seq":"1763812345678-0","op_id":"…","payload":{…}}} with the
 * payload's characters as the client wrote them, line breaks excepted (JSON allows blanks in their place); deletes have
 * no payload; {@code op_id} only where the client gave one.
 */
public final class OpLine {
    private static final String UPSERT = "upsert";
    private static final String DELETE = "delete";

    private OpLine() {}

    /** Appends the line of a write. */
    public static void append(Intent intent, StreamId streamId, Optional<OpId> opId, StringBuilder out) {
        intent.accept(new Intent.Visitor<StringBuilder>() {
            @Override
            public StringBuilder upsert(Intent.Upsert upsert) {
                begin(UPSERT, upsert.id(), streamId, opId, out);
                return out.append(",\"payload\":")
                        .append(oneLine(upsert.payload()))
                        .append("}\n");
            }

            @Override
            public StringBuilder delete(Intent.Delete delete) {
                begin(DELETE, delete.id(), streamId, opId, out);
                return out.append("}\n");
            }
        });
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

    /**
     * What every line of a write to {@code id} contains, and rarely another: to pass over lines without parsing them.
     */
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
        StringBuilder payload = new StringBuilder();
        try (JsonParser parser = JsonTokens.parser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw wrong(line);
            }
            Head head = read(parser, at -> payload.append(rawObject(at, line)));
            if (parser.nextToken() != null) {
                throw wrong(line);
            }
            Optional<String> content = head.upsert() ? Optional.of(payload.toString()) : Optional.empty();
            return new Op(head.id(), head.streamId(), content, line + "\n");
        } catch (IOException | NoWriteException e) {
            throw wrong(line);
        }
    }

    /** What a line says beside its payload. */
    public record Head(boolean upsert, RowId id, StreamId streamId) {}

    /** Takes the payload of a line. */
    public interface Payload {
        /** {@code parser} is at the beginning of an object, and at its end when this returns. */
        void read(JsonParser parser) throws IOException;
    }

    /**
     * Reads the object of one line, at the beginning of which {@code parser} is.
     *
     * @throws NoWriteException when it is not of the form above
     */
    public static Head read(JsonParser parser, Payload payload) throws IOException, NoWriteException {
        String op = "";
        @Nullable RowId id = null;
        @Nullable StreamId streamId = null;
        boolean content = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "op" -> op = parser.getText();
                case "id" -> id = new RowId(parser.getText());
                case "seq" -> streamId = StreamId.parse(parser.getText());
                case "payload" -> {
                    if (parser.currentToken() != JsonToken.START_OBJECT) {
                        throw new NoWriteException(op);
                    }
                    content = true;
                    payload.read(parser);
                }
                default -> parser.skipChildren();
            }
        }
        boolean whole = op.equals(UPSERT) ? content : op.equals(DELETE) && !content;
        if (id == null || streamId == null || !whole) {
            throw new NoWriteException(op);
        }
        return new Head(op.equals(UPSERT), id, streamId);
    }

    /** A line is no write of the form that stream-workers write. */
    public static final class NoWriteException extends Exception {
        private static final long serialVersionUID = 1L;

        NoWriteException(String op) {
            super("it is no write of the form that stream-workers write: op '" + Excerpt.of(op) + "'");
        }
    }

    private static String rawObject(JsonParser parser, String line) throws IOException {
        int from = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        return line.substring(from, (int) parser.currentLocation().getCharOffset());
    }

    private static InvalidValueException wrong(String line) {
        return new InvalidValueException("the line is no write of an ops file: " + Excerpt.of(line));
    }
}
