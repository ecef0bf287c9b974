package io.ghala.refresher.read;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** Reads back the compact JSON that nested tokens are kept as. */
public final class TokenText {
    private TokenText() {}

    public static JsonParser parser(String json) throws IOException {
        return JsonRows.parser(json);
    }
}
