package io.ghala.type;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the types of a table's columns rest on.
 *
 * @param evidence what is known of the values, as JSON (see {@link EvidenceJson}); empty where nothing is told
 * @param origins by folded column name, the file whose values made the column the type that it is
 * @param pinned folded names of the columns whose type the table's settings pin
 */
public record TypeBasis(String evidence, Map<String, String> origins, Set<String> pinned) {
    public static final TypeBasis NONE = new TypeBasis("", Map.of(), Set.of());
    /** Evidence beyond this is not told: tables of many thousand columns would pay for it with every version. */
    private static final int MOST_BYTES = 1 << 20;

    public TypeBasis {
        origins = Map.copyOf(origins);
        pinned = Set.copyOf(pinned);
    }

    /** What {@code known} and the rest amount to. */
    public static TypeBasis of(TableEvidence known, Map<String, String> origins, Set<String> pinned) {
        try {
            byte[] json = EvidenceJson.encode(known);
            String text = json.length > MOST_BYTES ? "" : new String(json, StandardCharsets.UTF_8);
            return new TypeBasis(text, new TreeMap<>(origins), new TreeSet<>(pinned));
        } catch (IOException e) {
            throw new IllegalStateException("evidence is always JSON", e);
        }
    }

    /** What is known of the values; empty where it is not told, or is of a form that this program does not know. */
    public Optional<TableEvidence> known() {
        if (evidence.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(EvidenceJson.decode(evidence.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
