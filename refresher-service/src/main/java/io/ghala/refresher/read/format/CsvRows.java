package io.ghala.refresher.read.format;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import io.ghala.folder.QuoteWatch;
import io.ghala.model.Column;
import io.ghala.model.Excerpt;
import io.ghala.refresher.rows.RowWriter;
import io.ghala.refresher.rows.RowWriter.Named;
import io.ghala.refresher.rows.UnreadableFileException;
import io.ghala.refresher.settings.CsvDialect;
import io.ghala.token.Literals;
import io.ghala.token.TokenKind;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rows of RFC 4180 text with a header line, unless the table's settings say otherwise. */
public final class CsvRows {
    private static final int SNIFF_CHARS = 1 << 20;
    private static final char[] DELIMITERS = {',', ';', '\t', '|'};

    private static final byte[] NOTHING = {};
    private static final Pattern PLACE = Pattern.compile("started in line (\\d+)");

    private CsvRows() {}

    public static void read(InputStream in, RowWriter out, CsvDialect dialect) throws IOException {
        try (PushbackReader text = new PushbackReader(reader(in, dialect), SNIFF_CHARS)) {
            char delimiter =
                    dialect.delimiter().isPresent() ? dialect.delimiter().get() : sniff(text, dialect.quote());
            QuoteWatch quotes = new QuoteWatch(text, delimiter, dialect.quote());
            CsvReader<CsvRecord> csv = CsvReader.builder()
                    .fieldSeparator(delimiter)
                    .quoteCharacter(dialect.quote())
                    .allowExtraFields(true)
                    .allowMissingFields(true)
                    .skipEmptyLines(false)
                    .maxBufferSize(256 * 1024 * 1024)
                    .build(new CsvRecord(), quotes);
            try {
                rows(csv, dialect.header(), out);
            } catch (UnreadableFileException e) {
                // The rest of the file as one cell is what is really wrong with its last record.
                requireClosed(quotes);
                throw e;
            }
            requireClosed(quotes);
        } catch (CsvParseException e) {
            throw new UnreadableFileException("it is not valid CSV: " + cause(e), e);
        } catch (CharacterCodingException e) {
            throw badText(e);
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof CharacterCodingException coding) {
                throw badText(coding);
            }
            throw e.getCause();
        }
    }

    private static void requireClosed(QuoteWatch quotes) {
        quotes.openedIn().ifPresent(line -> {
            throw new UnreadableFileException("it is not valid CSV: " + QuoteWatch.unclosed(line));
        });
    }

    private static void rows(Iterable<CsvRecord> records, boolean withHeader, RowWriter out) {
        List<Named> columns = null;
        int empty = 0;
        for (CsvRecord record : records) {
            if (record.cells() == 0) {
                empty++;
                continue;
            }
            if (columns == null) {
                columns = (withHeader ? header(record) : numbered(record.cells()))
                        .stream().map(out::named).toList();
                out.declare(columns);
                if (withHeader) {
                    empty = 0;
                    continue;
                }
            }
            nulls(empty, columns, out);
            empty = 0;
            row(record, columns, out);
        }
        if (columns != null) {
            nulls(empty, columns, out);
        }
    }

    /** An empty line is a row that is null where there is one column, and nothing where there are more. */
    private static void nulls(int count, List<Named> columns, RowWriter out) {
        for (int i = 0; i < count && columns.size() == 1; i++) {
            out.scalar(columns.get(0), 0, TokenKind.NULL, NOTHING, 0, 0);
            out.endRow();
        }
    }

    private static String cause(CsvParseException e) {
        Matcher place = PLACE.matcher(String.valueOf(e.getMessage()));
        String where = place.find() ? "the record that begins in line " + place.group(1) : "a record";
        Throwable why = e.getCause() == null ? e : e.getCause();
        String what = String.valueOf(why.getMessage());
        if (why instanceof CharacterCodingException) {
            return "in or after " + where
                    + " its bytes are not valid text: name its encoding in _table.conf (csv { encoding = … })";
        }
        if (what.contains("after closing quote")) {
            return where + " has text after a closing quote: double the quotes inside of text";
        }
        return what.contains("buffer") ? where + " has more than 256 MiB: is a quote missing?" : where + ": " + what;
    }

    private static UnreadableFileException badText(CharacterCodingException e) {
        return new UnreadableFileException(
                "its bytes are not valid UTF-8: name its encoding in _table.conf (csv { encoding = … })", e);
    }

    private static Reader reader(InputStream in, CsvDialect dialect) throws IOException {
        BufferedInputStream bytes = new BufferedInputStream(in);
        bytes.mark(4);
        int first = bytes.read();
        int second = bytes.read();
        int third = bytes.read();
        bytes.reset();
        Charset charset = dialect.encoding();
        boolean wide = (first == 0) != (second == 0) && second >= 0;
        if (wide && charset.equals(StandardCharsets.UTF_8)) {
            throw new UnreadableFileException(
                    "it looks like UTF-16 without a byte order mark: save it as UTF-8, or say csv { encoding = "
                            + (first == 0 ? "UTF-16BE" : "UTF-16LE") + " } in _table.conf");
        }
        if (first == 0xff && second == 0xfe) {
            charset = StandardCharsets.UTF_16LE;
            bytes.skipNBytes(2);
        } else if (first == 0xfe && second == 0xff) {
            charset = StandardCharsets.UTF_16BE;
            bytes.skipNBytes(2);
        } else if (first == 0xef && second == 0xbb && third == 0xbf) {
            charset = StandardCharsets.UTF_8;
            bytes.skipNBytes(3);
        }
        return new InputStreamReader(
                bytes,
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    /** The most frequent delimiter outside quotes in the first record; a comma where there is none. */
    private static char sniff(PushbackReader text, char quote) throws IOException {
        char[] seen = new char[SNIFF_CHARS];
        int length = 0;
        boolean quoted = false;
        boolean ended = false;
        int[] counts = new int[DELIMITERS.length];
        while (!ended && length < SNIFF_CHARS) {
            int c = text.read();
            if (c < 0) {
                break;
            }
            seen[length++] = (char) c;
            if (c == quote) {
                quoted = !quoted;
            }
            ended = !quoted && (c == '\n' || c == '\r') && length > 1;
            for (int i = 0; i < DELIMITERS.length && !quoted; i++) {
                counts[i] += DELIMITERS[i] == c ? 1 : 0;
            }
        }
        text.unread(seen, 0, length);
        int best = 0;
        for (int i = 1; i < counts.length; i++) {
            best = counts[i] > counts[best] ? i : best;
        }
        return DELIMITERS[best];
    }

    private static List<String> header(CsvRecord record) {
        List<String> names = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int cell = 0; cell < record.cells(); cell++) {
            String name = record.text(cell);
            if (Literals.cellInteger(name)
                    || Literals.cellFraction(name)
                    || Literals.date(name).isPresent()) {
                throw new UnreadableFileException("its first line looks like data, not names ('" + Excerpt.of(name)
                        + "'): say csv { header = false } in _table.conf if it has no header");
            }
            if (!seen.add(Column.fold(RowWriter.shownName(name)))) {
                throw new UnreadableFileException("its header has '" + Excerpt.of(name)
                        + "' twice: rename one, or say csv { header = false } in _table.conf if it has no header");
            }
            names.add(name);
        }
        return names;
    }

    private static List<String> numbered(int columns) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            names.add("column" + i);
        }
        return names;
    }

    private static void row(CsvRecord record, List<Named> columns, RowWriter out) {
        if (record.cells() != columns.size()) {
            throw new UnreadableFileException("line " + record.line() + " has " + record.cells()
                    + " cells where the first line has " + columns.size() + ": is a delimiter or a quote missing?");
        }
        for (int i = 0; i < columns.size(); i++) {
            int from = record.from(i);
            int to = record.to(i);
            TokenKind kind = from == to && !record.quoted(i) ? TokenKind.NULL : TokenKind.CELL;
            out.scalar(columns.get(i), i, kind, record.bytes(), from, to);
        }
        out.endRow();
    }
}
