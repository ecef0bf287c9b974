package io.ghala.cli.write;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import io.ghala.folder.QuoteWatch;
import io.ghala.model.Column;
import io.ghala.model.KeyColumn;
import io.ghala.token.JsonMistake;
import io.ghala.token.JsonTokens;
import io.ghala.token.Literals;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads the rows of a file as JSON objects, numbers as they were written. The file is read as it comes and never held
 * whole.
 */
final class ImportRows {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Set<String> BOOLEANS = Set.of("true", "True", "TRUE", "false", "False", "FALSE");

    private ImportRows() {}

    /** What a file may be. */
    enum Form {
        /** An object a line. */
        LINES,
        /** One object, an array of objects, or objects one after the other. */
        JSON,
        /** A header line and records. */
        CSV
    }

    /** Takes rows and what is wrong with the others; lines count from 1. */
    interface Sink {
        void row(long line, String payload) throws InterruptedException;

        void invalid(long line, String reason);
    }

    static void read(InputStream in, Form form, KeyColumn keyColumn, Sink sink)
            throws IOException, InterruptedException {
        switch (form) {
            case LINES -> lines(in, sink);
            case JSON -> objects(in, sink);
            case CSV -> records(in, keyColumn.foldedName(), sink);
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

    private static void records(InputStream in, String key, Sink sink) throws IOException, InterruptedException {
        Records records = new Records();
        QuoteWatch quotes = new QuoteWatch(text(in), ',', '"');
        try (CsvReader<List<Cell>> csv = CsvReader.builder()
                .allowExtraFields(true)
                .allowMissingFields(true)
                .skipEmptyLines(true)
                .build(records, quotes)) {
            List<String> header = List.of();
            for (List<Cell> record : csv) {
                // Only the last record can be the one that an open quote made of the rest of the file.
                if (quotes.openedIn().isPresent()) {
                    sink.invalid(
                            records.line,
                            "it is not valid CSV, and nothing after it can be read: "
                                    + QuoteWatch.unclosed(quotes.openedIn().getAsLong()));
                } else if (header.isEmpty()) {
                    header = record.stream().map(Cell::text).toList();
                } else if (record.size() == header.size()) {
                    sink.row(records.line, object(header, record, key));
                } else {
                    sink.invalid(
                            records.line,
                            "it has " + record.size() + " cells where the header has " + header.size()
                                    + ": is a delimiter or a quote missing?");
                }
            }
        } catch (CsvParseException e) {
            sink.invalid(records.line, "it is not valid CSV, and nothing after it can be read: " + e.getMessage());
        } catch (UncheckedIOException e) {
            throw new IOException("the file is not valid UTF-8: " + e.getMessage(), e);
        }
    }

    /** Cells by the rules of CSV files in a table's folder; the key's own text is kept, since it is the row's id. */
    private static String object(List<String> header, List<Cell> record, String key) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.writeStartObject();
            for (int i = 0; i < header.size(); i++) {
                out.writeFieldName(header.get(i));
                cell(record.get(i), Column.fold(header.get(i)).equals(key), out);
            }
            out.writeEndObject();
        }
        return text.toString();
    }

    private static void cell(Cell cell, boolean isKey, JsonGenerator out) throws IOException {
        String text = cell.text();
        if (text.isEmpty() && !cell.quoted()) {
            out.writeNull();
        } else if (Literals.cellInteger(text) || (!isKey && Literals.cellFraction(text))) {
            out.writeNumber(text);
        } else if (!isKey && BOOLEANS.contains(text)) {
            out.writeBoolean(text.equalsIgnoreCase("true"));
        } else {
            out.writeString(text);
        }
    }

    private record Cell(String text, boolean quoted) {}

    private static final class Records extends AbstractBaseCsvCallbackHandler<List<Cell>> {
        private List<Cell> cells = new ArrayList<>();
        private long line = 1;

        @Override
        protected void handleBegin(long startingLineNumber) {
            cells = new ArrayList<>(cells.size());
            line = startingLineNumber;
        }

        @Override
        protected void handleField(int index, char[] text, int offset, int length, boolean quoted) {
            cells.add(new Cell(new String(text, offset, length), quoted));
        }

        @Override
        protected List<Cell> buildRecord() {
            return cells;
        }
    }
}
