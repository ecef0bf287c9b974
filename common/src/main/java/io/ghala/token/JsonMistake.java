package io.ghala.token;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.ghala.model.Excerpt;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is wrong with a text that is no JSON, and where, in words for whoever wrote it. */
public final class JsonMistake {
    /** What the parser says, and what that means; {@code $1} is what it found. */
    private static final Map<Pattern, String> MEANINGS = new LinkedHashMap<>();

    private static final String ELSE = "it is not written as JSON must be";

    static {
        says("^Unexpected end-of-input", "it ends in the middle");
        says("^Non-standard token '([^']*)'", "$1 is no number of JSON: write null, or a text in quotes");
        says("^Unrecognized token '([^']*)'", "'$1' is no value: write texts in double quotes");
        says("^Duplicate field '(.*)'", "the field \"$1\" is there twice");
        says(
                "^Illegal unquoted character",
                "a text holds a line break or another control character: write it as \\n or \\u00XX");
        says("[Ll]eading zeroe?s", "a number begins with 0: take the zero away, or write a text in quotes");
        says(
                "^(?:Unexpected character \\(''|.*single quote)",
                "texts and names stand in double quotes, not in single ones");
        says("non-standard\\) comment", "JSON has no comments: take it out");
        says("^Unexpected character \\('(.)'", "the character '$1' cannot stand there");
        says("^Unexpected close marker '(.)'", "'$1' closes what was not opened");
        says("^Unrecognized character escape '?(.)", "\\\\$1 is no escape in a text");
        says("nesting depth", "it is nested too deep");
        says("(?:number|Number).*length|length.*number", "a number has too many digits");
        says("(?i)broken surrogate|surrogate pair", "it holds half of a surrogate pair, which is no character");
        says("(?:String|Name|name).*length", "a text or a name is too long");
        says("UTF-8", "it is not valid UTF-8");
    }

    private JsonMistake() {}

    private static void says(String pattern, String meaning) {
        MEANINGS.put(Pattern.compile(pattern), meaning);
    }

    /** One line: what is wrong, at which line and column. */
    public static String of(JsonProcessingException e) {
        String message = String.valueOf(e.getOriginalMessage());
        @Nullable JsonLocation at = e.getLocation();
        String place = at == null || at.getLineNr() < 1
                ? ""
                : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
        for (Map.Entry<Pattern, String> meaning : MEANINGS.entrySet()) {
            Matcher m = meaning.getKey().matcher(message);
            if (m.find()) {
                String found = m.groupCount() > 0 && m.group(1) != null ? Excerpt.of(m.group(1)) : "";
                return meaning.getValue().replace("$1", found) + place;
            }
        }
        return ELSE + place;
    }
}
