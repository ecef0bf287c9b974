package io.ghala.folder;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.util.OptionalLong;

/**
 * CSV text on its way to a parser, which takes a quote that is never closed as one that the end of the file closes.
 * Counts lines as editors do: a line feed, a carriage return or both end one.
 */
public final class QuoteWatch extends FilterReader {
    private final char delimiter;
    private final char quote;
    private Place place = Place.CELL_START;
    private boolean afterReturn;
    private boolean ended;
    private long line = 1;
    private long openedIn;

    public QuoteWatch(Reader in, char delimiter, char quote) {
        super(in);
        this.delimiter = delimiter;
        this.quote = quote;
    }

    private enum Place {
        CELL_START,
        BARE,
        QUOTED,
        /** After a quote inside of quotes: another one makes it text, anything else an end. */
        QUOTE_IN_QUOTED
    }

    @Override
    public int read() throws IOException {
        int c = in.read();
        ended |= c < 0;
        if (c >= 0) {
            see((char) c);
        }
        return c;
    }

    @Override
    public int read(char[] into, int offset, int length) throws IOException {
        int got = in.read(into, offset, length);
        ended |= got < 0;
        for (int i = 0; i < got; i++) {
            see(into[offset + i]);
        }
        return got;
    }

    private void see(char c) {
        boolean lineEnds = c == '\n' || c == '\r';
        if (c == '\n' ? !afterReturn : lineEnds) {
            line++;
        }
        afterReturn = c == '\r';
        if (place == Place.QUOTED) {
            place = c == quote ? Place.QUOTE_IN_QUOTED : Place.QUOTED;
        } else if (c == quote && place != Place.BARE) {
            openedIn = place == Place.CELL_START ? line : openedIn;
            place = Place.QUOTED;
        } else {
            place = lineEnds || c == delimiter ? Place.CELL_START : Place.BARE;
        }
    }

    /** The line, from 1, of the quote that is open at the end; empty where none is, and before the end. */
    public OptionalLong openedIn() {
        return ended && place == Place.QUOTED ? OptionalLong.of(openedIn) : OptionalLong.empty();
    }

    /** What to say of a file that ends with an open quote. */
    public static String unclosed(long line) {
        return "the quote that opens in line " + line
                + " is never closed: close it, or double the quotes inside of text";
    }
}
