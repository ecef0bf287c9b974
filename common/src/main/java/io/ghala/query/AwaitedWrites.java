package io.ghala.query;

import io.ghala.model.Excerpt;
import io.ghala.model.InvalidValueException;
import io.ghala.model.TableName;
import io.ghala.model.WriteToken;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The writes that an answer must hold, one token per table at most. Its text is {@code TOKEN} or
 * {@code TABLE=TOKEN,TABLE=TOKEN}.
 *
 * @param ofOnlyTable a token given without a table: it belongs to the only table that the statement reads
 * @param byTable tokens given with their table
 */
public record AwaitedWrites(Optional<WriteToken> ofOnlyTable, Map<TableName, WriteToken> byTable) {
    public static final AwaitedWrites NONE = new AwaitedWrites(Optional.empty(), Map.of());

    public AwaitedWrites {
        byTable = Map.copyOf(byTable);
        if (ofOnlyTable.isPresent() && !byTable.isEmpty()) {
            throw new InvalidValueException(
                    "token '" + ofOnlyTable.get() + "' has no table although others have: give each as TABLE=TOKEN");
        }
    }

    /** The write of the only table that the statement reads. */
    public static AwaitedWrites of(WriteToken token) {
        return new AwaitedWrites(Optional.of(token), Map.of());
    }

    /**
     * Reads {@code TOKEN} or {@code TABLE=TOKEN}, several of them in one text with commas or as several texts.
     *
     * @throws InvalidValueException when one has another form, a table has two, or several have no table
     */
    public static AwaitedWrites parse(Collection<String> texts) {
        List<String> given = texts.stream()
                .flatMap(text -> Stream.of(text.split(",", -1)))
                .map(String::strip)
                .toList();
        Optional<WriteToken> only = Optional.empty();
        Map<TableName, WriteToken> byTable = new TreeMap<>();
        for (String text : given) {
            int equals = text.indexOf('=');
            if (equals < 0 && only.isPresent()) {
                throw new InvalidValueException(
                        "token '" + Excerpt.of(text) + "' is the second without a table: give each as TABLE=TOKEN");
            }
            if (equals < 0) {
                only = Optional.of(WriteToken.parse(text));
                continue;
            }
            TableName table = new TableName(text.substring(0, equals).strip());
            if (byTable.put(table, WriteToken.parse(text.substring(equals + 1).strip())) != null) {
                throw new InvalidValueException("table " + table + " has two tokens: give the later one");
            }
        }
        return new AwaitedWrites(only, byTable);
    }

    public boolean isEmpty() {
        return ofOnlyTable.isEmpty() && byTable.isEmpty();
    }

    @Override
    public String toString() {
        return ofOnlyTable.map(WriteToken::toString).orElseGet(() -> new TreeMap<>(byTable)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining(",")));
    }
}
