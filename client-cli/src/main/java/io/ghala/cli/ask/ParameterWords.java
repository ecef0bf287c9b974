package io.ghala.cli.ask;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ghala.model.Excerpt;
import io.ghala.model.InvalidValueException;
import io.ghala.query.SqlParameters;
import io.ghala.token.ExactJson;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The values of a statement's parameters as people type them: {@code VALUE} one after another, or {@code NAME=VALUE}.
 */
final class ParameterWords {
    private static final ObjectMapper JSON = ExactJson.mapper();
    private static final Pattern NAMED = Pattern.compile("(?s)([\\p{L}_][\\p{L}\\p{N}_]*)=(.*)");

    private ParameterWords() {}

    /**
     * Reads the words.
     *
     * @throws InvalidValueException when some have names and some have none, or one name is there twice
     */
    static SqlParameters read(List<String> words) {
        ArrayNode places = JSON.createArrayNode();
        ObjectNode names = JSON.createObjectNode();
        for (String word : words) {
            Matcher named = NAMED.matcher(word);
            if (!named.matches()) {
                places.add(value(word));
            } else if (names.putIfAbsent(named.group(1), value(named.group(2))) != null) {
                throw new InvalidValueException("--param " + named.group(1) + " is there twice");
            }
        }
        if (!places.isEmpty() && !names.isEmpty()) {
            throw new InvalidValueException(
                    "--param " + Excerpt.of(names.fieldNames().next())
                            + "=… has a name and another --param has none: give all a name or none; a text with = goes in double quotes");
        }
        if (words.isEmpty()) {
            return SqlParameters.NONE;
        }
        return new SqlParameters((places.isEmpty() ? names : places).toString());
    }

    private static JsonNode value(String text) {
        try {
            JsonNode value = JSON.readTree(text);
            return value.isMissingNode() || value.isObject()
                    ? JSON.getNodeFactory().textNode(text)
                    : value;
        } catch (JsonProcessingException e) {
            return JSON.getNodeFactory().textNode(text);
        }
    }
}
