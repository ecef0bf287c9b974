package io.ghala.type;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/** Evidence as JSON, as it is stored with parts and with kept rows. Private to the refresher. */
public final class EvidenceJson {
    private static final ObjectMapper JSON = new ObjectMapper()
            .setVisibility(PropertyAccessor.ALL, Visibility.NONE)
            .setVisibility(PropertyAccessor.FIELD, Visibility.ANY);

    private EvidenceJson() {}

    public static byte[] encode(TableEvidence evidence) throws IOException {
        return JSON.writeValueAsBytes(evidence);
    }

    /** Reads what {@link #encode} wrote; anything else is an {@link IOException}. */
    public static TableEvidence decode(byte[] json) throws IOException {
        return JSON.readValue(json, TableEvidence.class);
    }
}
