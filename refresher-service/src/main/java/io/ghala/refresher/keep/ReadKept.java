package io.ghala.refresher.keep;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.ghala.model.Column;
import io.ghala.refresher.rows.RowBatch;
import io.ghala.refresher.rows.SourceRows;
import io.ghala.token.JsonTokens;
import io.ghala.token.Token;
import io.ghala.token.TokenKind;
import io.ghala.type.EvidenceJson;
import io.ghala.type.TableEvidence;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The form of kept rows: a line {@code {"file":NAME,"evidence":…}}, then a line {@code {"key":HEX,"row":{…}}} for each
 * row. The key is that of the row id, empty where the row has none, since the text of an id may not follow from the
 * stored value.
 */
public final class ReadKept {
    private ReadKept() {}

    /** The first line. */
    public static byte[] header(String file, byte[] evidence) {
        StringBuilder out = new StringBuilder("{\"file\":");
        Token.writeString(file, out);
        out.append(",\"evidence\":")
                .append(new String(evidence, StandardCharsets.UTF_8))
                .append("}\n");
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The line of a row; {@code json} is its values as an object. */
    public static byte[] row(String key, byte[] json) {
        return ("{\"key\":\"" + key + "\",\"row\":" + new String(json, StandardCharsets.UTF_8) + "}\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Whose rows a kept file holds, empty where it does not say. */
    public static Optional<String> name(Path kept) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(kept);
                JsonParser parser = JsonTokens.parser(String.valueOf(lines.readLine()))) {
            return parser.nextToken() == JsonToken.START_OBJECT && "file".equals(parser.nextFieldName())
                    ? Optional.ofNullable(parser.nextTextValue())
                    : Optional.empty();
        }
    }

    /**
     * Reads kept rows.
     *
     * @throws IOException when they are not in the form that this program writes
     */
    public static List<SourceRows> read(String file, InputStream in) throws IOException {
        RowBatch batch = new RowBatch();
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        TableEvidence evidence = evidence(String.valueOf(lines.readLine()));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            try (JsonParser parser = JsonTokens.parser(line)) {
                parser.nextToken();
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String field = parser.currentName();
                    parser.nextToken();
                    if (field.equals("key")) {
                        batch.put(RowBatch.KEPT_KEY, TokenKind.STRING, parser.getText());
                    } else {
                        values(parser, batch);
                    }
                }
                batch.endRow();
            }
        }
        return List.of(new SourceRows(file, batch, 0, batch.rows(), evidence, Optional.empty()));
    }

    private static TableEvidence evidence(String header) throws IOException {
        try (JsonParser parser = JsonTokens.parser(header)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                parser.nextToken();
                if (field.equals("evidence")) {
                    return EvidenceJson.decode(Token.read(parser).json().getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        throw new IOException("kept rows begin with no evidence");
    }

    private static void values(JsonParser parser, RowBatch batch) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = Column.fold(parser.currentName());
            JsonToken value = parser.nextToken();
            if (value == JsonToken.START_OBJECT || value == JsonToken.START_ARRAY) {
                batch.put(name, TokenKind.NESTED, Token.read(parser).json());
            } else if (value != JsonToken.VALUE_NULL) {
                TokenKind kind = Token.kind(value);
                boolean bare = kind == TokenKind.TRUE || kind == TokenKind.FALSE;
                batch.put(name, kind, bare ? "" : parser.getText());
            }
        }
    }
}
