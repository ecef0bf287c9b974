package io.ghala.token;

import java.util.regex.Pattern;

/** What a JSON parser says of a text, in words about the text: without the parser's settings, sources and classes. */
public final class JsonProblem {
    private static final Pattern SETTINGS = Pattern.compile(": enable `[^`]*` to allow"
            + "| \\((?:consider enabling|not recognized as one since) [^)]*\\)"
            + "|, from `[^`]*`"
            + "| \\(start marker at .*\\)"
            + "| \\(for \\w+ starting at .*\\)");
    private static final Pattern CONTROL = Pattern.compile("\\(CTRL-CHAR, code (\\d+)\\)");

    private JsonProblem() {}

    /** The first line of {@code message}, as people should see it. */
    public static String text(String message) {
        String first = message.lines().findFirst().orElse("");
        String plain = SETTINGS.matcher(first).replaceAll("");
        return CONTROL.matcher(plain).replaceAll("control character $1");
    }
}
