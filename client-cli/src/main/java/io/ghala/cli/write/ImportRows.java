package io.ghala.cli.write;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghala.token.JsonMistake;
import io.ghala.token.JsonTokens;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Reads the rows of JSON text as objects, numbers as they were written. The file is read as it comes and never held
 * whole.
 */
final class ImportRows {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ImportRows() {}

    /** What a file may be. */
    enum Form {
        /** An object a line. */
        LINES,
        /** One object, an array of objects, or objects one after the other. */
        JSON
    }

    /** Takes rows and what is wrong with the others; lines count from 1. */
    interface Sink {
        void row(long line, String payload) throws InterruptedException;

        void invalid(long line, String reason);
    }

    static void read(InputStream in, Form form, Sink sink) throws IOException, InterruptedException {
        switch (form) {
            case LINES -> lines(in, sink);
            case JSON -> objects(in, sink);
        }
    }

    private static BufferedReader text(InputStream in) throws IOException {
        BufferedReader text = new BufferedReader(new InputStreamReader(
                in,
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)));
        text.mark(1);
        if (text.read() != '\ufeff') {
            text.reset();
        }
        return text;
    }

    private static void lines(InputStream in, Sink sink) throws IOException, InterruptedException {
        BufferedReader text = text(in);
        long number = 0;
        for (String line = text.readLine(); line != null; line = text.readLine()) {
            number++;
            if (!line.isBlank()) {
                sink.row(number, line.strip());
            }
        }
    }

    private static void objects(InputStream in, Sink sink) throws IOException, InterruptedException {
        long line = 1;
        try (JsonParser parser = JsonTokens.parser(in)) {
            boolean inArray = false;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                line = parser.currentTokenLocation().getLineNr();
                if (token == JsonToken.START_ARRAY && !inArray) {
                    inArray = true;
                } else if (token == JsonToken.END_ARRAY) {
                    inArray = false;
                } else if (token == JsonToken.START_OBJECT) {
                    sink.row(line, object(parser));
                } else {
                    sink.invalid(line, "it is not a JSON object");
                    parser.skipChildren();
                }
            }
        } catch (JsonProcessingException e) {
            sink.invalid(line, "it is not valid JSON, and nothing after it can be read: " + JsonMistake.of(e));
        }
    }

    /** The object at the parser, on one line, each number in the characters of the file. */
    private static String object(JsonParser parser) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            int depth = 0;
            do {
                JsonToken token = parser.currentToken();
                if (token.isStructStart()) {
                    depth++;
                } else if (token.isStructEnd()) {
                    depth--;
                }
                if (token.isNumeric()) {
                    out.writeNumber(parser.getText());
                } else {
                    out.copyCurrentEvent(parser);
                }
            } while (depth > 0 && parser.nextToken() != null);
        }
        return text.toString();
    }
}
