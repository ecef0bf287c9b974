package io.ghala.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.ghala.type.TypeBasis;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What types rest on, as an object of a manifest: {@code origins}, {@code pinned} and {@code evidence}. */
final class TypeBasisCodec {
    private TypeBasisCodec() {}

    static void encode(TypeBasis basis, ObjectNode out) {
        ObjectNode origins = out.putObject("origins");
        new TreeMap<>(basis.origins()).forEach(origins::put);
        ArrayNode pinned = out.putArray("pinned");
        new TreeSet<>(basis.pinned()).forEach(pinned::add);
        if (!basis.evidence().isEmpty()) {
            out.putRawValue("evidence", new RawValue(basis.evidence()));
        }
    }

    static TypeBasis decode(JsonNode types) {
        if (types.isMissingNode()) {
            return TypeBasis.NONE;
        }
        Map<String, String> origins = new HashMap<>();
        types.path("origins")
                .properties()
                .forEach(entry -> origins.put(entry.getKey(), entry.getValue().asText()));
        Set<String> pinned = new HashSet<>();
        types.path("pinned").forEach(name -> pinned.add(name.asText()));
        return new TypeBasis(types.has("evidence") ? types.get("evidence").toString() : "", origins, pinned);
    }
}
