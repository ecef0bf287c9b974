package io.ghala.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * A manifest as JSON. Redis gives version and time at the flip, so the text is put together there:
 * {@code {"format_version":1,"version":V,"published_at_ms":T,"seal":S,"body":BODY}}, where the seal is the SHA-1 of {@code V:T:BODY}. One
 * altered byte anywhere breaks the seal.
 */
public final class ManifestCodec {
    /** The form that this code writes and the newest that it reads. */
    public static final int FORMAT_VERSION = 1;

    private static final String BODY = "\"body\":";
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private ManifestCodec() {}

    /** The body: all but version and time. */
    public static String encodeBody(SnapshotPublisher.Publication manifest) {
        ObjectNode out = JSON.createObjectNode();
        out.put("table", manifest.table().value());
        out.put("format", manifest.format().label());
        out.put("key_column", manifest.keyColumn());
        out.put("rows", manifest.parts().stream().mapToLong(PartRef::rows).sum());
        out.put("bytes", manifest.parts().stream().mapToLong(PartRef::bytes).sum());
        out.put("files", manifest.files());
        out.put("root_hash", manifest.rootHash());
        out.set("schema", SchemaCodec.encode(manifest.schema()));
        ArrayNode parts = out.putArray("parts");
        manifest.parts().forEach(part -> part(parts.addObject(), part));
        ArrayNode refused = out.putArray("refused");
        manifest.refused()
                .forEach(file -> refused.addObject().put("file", file.file()).put("reason", file.reason()));
        return out.toString();
    }

    private static void part(ObjectNode out, PartRef part) {
        out.put("content_hash", part.contentHash());
        out.put("rows", part.rows());
        out.put("bytes", part.bytes());
        ArrayNode blobs = out.putArray("blobs");
        for (BlobRef blob : part.blobs()) {
            blobs.addObject()
                    .put("key", blob.key())
                    .put("rows", blob.rows())
                    .put("bytes", blob.bytes())
                    .put("crc32c", String.format("%08x", blob.crc32c()));
        }
    }

    /** The whole text, as the flip script composes it. */
    public static String compose(long version, long publishedAtMs, String body) {
        return "{\"format_version\":" + FORMAT_VERSION + ",\"version\":" + version + ",\"published_at_ms\":"
                + publishedAtMs + ",\"seal\":\"" + seal(version + ":" + publishedAtMs + ":" + body) + "\"," + BODY
                + body
                + "}";
    }

    /**
     * Reads a manifest.
     *
     * @throws CorruptSnapshotException when it is of a newer form, damaged or no manifest at all
     */
    public static Manifest decode(TableName table, String text) {
        try {
            JsonNode root = JSON.readTree(text);
            int form = root.path("format_version").asInt(0);
            if (form > FORMAT_VERSION) {
                throw new CorruptSnapshotException("manifest of table " + table + " has format version " + form
                        + ", this program reads up to " + FORMAT_VERSION + ": update it");
            }
            int start = text.indexOf(BODY);
            if (form < 1 || start < 0) {
                throw new CorruptSnapshotException("manifest of table " + table + " is not a manifest");
            }
            String body = text.substring(start + BODY.length(), text.length() - 1);
            long version = root.path("version").asLong();
            long publishedAtMs = root.path("published_at_ms").asLong();
            if (!text.equals(compose(version, publishedAtMs, body))) {
                throw new CorruptSnapshotException("manifest of table " + table + " is damaged: its seal does not fit");
            }
            return decode(table, root.path("body"), new SnapshotVersion(version), Instant.ofEpochMilli(publishedAtMs));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new CorruptSnapshotException("manifest of table " + table + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Manifest decode(TableName table, JsonNode body, SnapshotVersion version, Instant publishedAt) {
        List<PartRef> parts = new ArrayList<>();
        body.path("parts").forEach(node -> parts.add(part(node)));
        List<RefusedFile> refused = new ArrayList<>();
        body.path("refused")
                .forEach(node -> refused.add(new RefusedFile(
                        node.path("file").asText(), node.path("reason").asText())));
        if (!body.path("table").asText().equals(table.value())) {
            throw new CorruptSnapshotException("manifest of table " + table + " is one of table "
                    + body.path("table").asText());
        }
        return new Manifest(
                table,
                version,
                publishedAt,
                SnapshotFormat.valueOf(body.path("format").asText().toUpperCase(Locale.ROOT)),
                SchemaCodec.decode(body.path("schema")),
                body.path("key_column").asText(),
                body.path("rows").asLong(),
                body.path("bytes").asLong(),
                parts,
                body.path("files").asLong(),
                body.path("root_hash").asText(),
                refused);
    }

    private static PartRef part(JsonNode node) {
        List<BlobRef> blobs = new ArrayList<>();
        node.path("blobs")
                .forEach(blob -> blobs.add(new BlobRef(
                        blob.path("key").asText(),
                        blob.path("rows").asLong(),
                        blob.path("bytes").asLong(),
                        Integer.parseUnsignedInt(blob.path("crc32c").asText(), 16))));
        return new PartRef(
                node.path("content_hash").asText(),
                node.path("rows").asLong(),
                node.path("bytes").asLong(),
                blobs);
    }

    private static String seal(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
