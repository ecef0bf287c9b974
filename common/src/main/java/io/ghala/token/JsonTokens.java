package io.ghala.token;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.InputStream;

/** Parsers of JSON by RFC 8259 and nothing looser, with at most 128 levels of nesting. */
public final class JsonTokens {
    /** Deepest nesting. */
    public static final int MAX_DEPTH = 128;

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

    public static JsonParser parser(InputStream in) throws IOException {
        return JSON.createParser(in);
    }
}
