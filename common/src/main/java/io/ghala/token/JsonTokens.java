package io.ghala.token;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Parsers of JSON by RFC 8259 and nothing looser, with at most 128 levels of nesting. */
public final class JsonTokens {
    /** Deepest nesting. */
    public static final int MAX_DEPTH = 128;

    private static final int BUFFER = 64 * 1024;
    private static final int MAX_TEXT = 256 * 1024 * 1024;
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_TEXT)
                    .maxStringLength(MAX_TEXT)
                    .build())
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private JsonTokens() {}

    public static JsonParser parser(String text) throws IOException {
        return JSON.createParser(text);
    }

    public static JsonParser parser(byte[] utf8) throws IOException {
        return JSON.createParser(utf8);
    }

    /** A parser of {@code length} bytes from {@code offset}; it counts bytes from there. */
    public static JsonParser parser(byte[] utf8, int offset, int length) throws IOException {
        return JSON.createParser(utf8, offset, length);
    }

    /**
     * A parser of UTF-8, UTF-16 or UTF-32; bytes that are not such text fail as
     * {@link java.nio.charset.CharacterCodingException}.
     */
    public static JsonParser parser(InputStream in) throws IOException {
        BufferedInputStream bytes = new BufferedInputStream(in, BUFFER);
        bytes.mark(4);
        byte[] head = bytes.readNBytes(4);
        bytes.reset();
        Optional<Charset> wide = wide(head);
        if (wide.isEmpty()) {
            // A parser of bytes is twice as fast as one of characters, and takes some that are not UTF-8.
            return JSON.createParser(new StrictUtf8(bytes));
        }
        Reader text = new InputStreamReader(
                bytes,
                wide.get()
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
        return JSON.createParser(withoutMark(text));
    }

    /**
     * UTF-16 or UTF-32, by the mark at the beginning or by where the NULs of the first ASCII character stand; empty for
     * UTF-8.
     */
    private static Optional<Charset> wide(byte[] head) {
        int[] b = new int[4];
        Arrays.fill(b, 1);
        for (int i = 0; i < head.length; i++) {
            b[i] = head[i] & 0xff;
        }
        if ((b[0] == 0 && b[1] == 0) || (b[2] == 0 && b[3] == 0 && b[0] != 0 && b[1] != 1)) {
            return Optional.of(Charset.forName(b[0] == 0 ? "UTF-32BE" : "UTF-32LE"));
        }
        if ((b[0] == 0xff && b[1] == 0xfe) || (b[1] == 0 && head.length > 1)) {
            return Optional.of(StandardCharsets.UTF_16LE);
        }
        return (b[0] == 0xfe && b[1] == 0xff) || (b[0] == 0 && head.length > 1)
                ? Optional.of(StandardCharsets.UTF_16BE)
                : Optional.empty();
    }

    private static Reader withoutMark(Reader text) throws IOException {
        PushbackReader marked = new PushbackReader(text);
        int first = marked.read();
        if (first >= 0 && first != '\ufeff') {
            marked.unread(first);
        }
        return marked;
    }
}
