package io.ghala.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ghala.model.KeyColumn;
import io.ghala.model.SnapshotFormat;
import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableName;
import io.ghala.model.TableSchema;
import io.ghala.type.TypeBasis;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A manifest as JSON. Redis gives version and time at the flip, so the text is put together there:
 * {@code {"format_version":1,"version":V,"published_at_ms":T,"seal":S,"body":BODY}}, where the seal is the SHA-1 of
 * {@code V:T:BODY}. One altered byte anywhere breaks the seal.
 */
public final class ManifestCodec {
    /** The form that this code writes and the newest that it reads. */
    public static final int FORMAT_VERSION = 1;

    /** So much of a manifest's text holds its version. */
    public static final int HEAD_BYTES = 64;

    private static final Pattern HEAD = Pattern.compile("\\{\"format_version\":\\d{1,9},\"version\":(\\d{1,18}),");
    private static final String BODY = "\"body\":";
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private ManifestCodec() {}

    /** The body: all but version and time. */
    public static String encodeBody(SnapshotPublisher.Publication manifest) {
        ObjectNode out = JSON.createObjectNode();
        out.put("table", manifest.table().value());
        out.put("format", manifest.format().label());
        out.put("key_column", manifest.keyColumn().name());
        out.put(
                "rows",
                manifest.parts().stream().mapToLong(PartRef::visibleRows).sum());
        out.put("bytes", manifest.parts().stream().mapToLong(PartRef::bytes).sum());
        out.put("files", manifest.files());
        out.put("root_hash", manifest.rootHash());
        manifest.watermark().ifPresent(mark -> out.putObject("applied_through")
                .put("epoch", mark.epoch().value())
                .put("stream_id", mark.through().toString()));
        out.set("schema", SchemaCodec.encode(manifest.schema()));
        parts(out.putArray("parts"), manifest.parts(), manifest.schema());
        if (!manifest.hiddenParts().isEmpty()) {
            parts(out.putArray("hidden_parts"), manifest.hiddenParts(), manifest.schema());
        }
        ArrayNode refused = out.putArray("refused");
        manifest.refused().forEach(file -> refused(file, refused.addObject()));
        if (!manifest.basis().equals(TypeBasis.NONE)) {
            TypeBasisCodec.encode(manifest.basis(), out.putObject("types"));
        }
        return out.toString();
    }

    private static void refused(RefusedFile file, ObjectNode out) {
        out.put("file", file.file()).put("reason", file.reason());
        if (file.kind() != RefusedFile.Kind.REFUSED) {
            out.put("kind", file.kind().label());
        }
    }

    private static void parts(ArrayNode out, List<PartRef> parts, TableSchema schema) {
        for (PartRef part : parts) {
            ObjectNode node = out.addObject();
            node.put("content_hash", part.contentHash());
            node.put("rows", part.rows());
            node.put("visible_rows", part.visibleRows());
            node.put("bytes", part.bytes());
            if (!part.schema().equals(schema)) {
                node.set("schema", SchemaCodec.encode(part.schema()));
            }
            blobs(node.putArray("blobs"), part.blobs());
            part.deletes().ifPresent(blob -> node.set("deletes", blob(blob)));
            if (!part.books().index().isEmpty()) {
                blobs(node.putArray("index"), part.books().index());
            }
            part.books().marks().ifPresent(blob -> node.set("marks", blob(blob)));
        }
    }

    private static void blobs(ArrayNode out, List<BlobRef> blobs) {
        blobs.forEach(blob -> out.add(blob(blob)));
    }

    private static ObjectNode blob(BlobRef blob) {
        return JSON.createObjectNode()
                .put("key", blob.key())
                .put("rows", blob.rows())
                .put("bytes", blob.bytes())
                .put("crc32c", String.format("%08x", blob.crc32c()));
    }

    /** The whole text, as the flip script composes it. */
    public static String compose(long version, long publishedAtMs, String body) {
        return "{\"format_version\":" + FORMAT_VERSION + ",\"version\":" + version + ",\"published_at_ms\":"
                + publishedAtMs + ",\"seal\":\"" + seal(version + ":" + publishedAtMs + ":" + body) + "\"," + BODY
                + body
                + "}";
    }

    /**
     * The version in the first {@link #HEAD_BYTES} of a manifest's text, whose seal is not looked at.
     *
     * @throws CorruptSnapshotException when they do not begin a manifest
     */
    public static SnapshotVersion decodeVersion(TableName table, String head) {
        Matcher matcher = HEAD.matcher(head);
        if (!matcher.lookingAt()) {
            throw new CorruptSnapshotException("manifest of table " + table + " does not begin with its version");
        }
        return new SnapshotVersion(Long.parseLong(matcher.group(1)));
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
        TableSchema schema = SchemaCodec.decode(body.path("schema"));
        List<RefusedFile> refused = new ArrayList<>();
        body.path("refused")
                .forEach(node -> refused.add(new RefusedFile(
                        RefusedFile.Kind.of(node.path("kind").asText()),
                        node.path("file").asText(),
                        node.path("reason").asText())));
        if (!body.path("table").asText().equals(table.value())) {
            throw new CorruptSnapshotException("manifest of table " + table + " is one of table "
                    + body.path("table").asText());
        }
        return new Manifest(
                table,
                version,
                publishedAt,
                SnapshotFormat.valueOf(body.path("format").asText().toUpperCase(Locale.ROOT)),
                schema,
                new KeyColumn(body.path("key_column").asText()),
                body.path("rows").asLong(),
                body.path("bytes").asLong(),
                parts(body.path("parts"), schema),
                parts(body.path("hidden_parts"), schema),
                body.path("files").asLong(),
                body.path("root_hash").asText(),
                refused,
                TypeBasisCodec.decode(body.path("types")));
    }

    private static List<PartRef> parts(JsonNode nodes, TableSchema schema) {
        List<PartRef> parts = new ArrayList<>();
        for (JsonNode node : nodes) {
            parts.add(new PartRef(
                    node.path("content_hash").asText(),
                    node.has("schema") ? SchemaCodec.decode(node.path("schema")) : schema,
                    node.path("rows").asLong(),
                    node.path("visible_rows").asLong(),
                    node.path("bytes").asLong(),
                    blobs(node.path("blobs")),
                    optionalBlob(node.path("deletes")),
                    new PartRef.Books(blobs(node.path("index")), optionalBlob(node.path("marks")))));
        }
        return parts;
    }

    private static List<BlobRef> blobs(JsonNode nodes) {
        List<BlobRef> blobs = new ArrayList<>();
        nodes.forEach(node -> blobs.add(blob(node)));
        return blobs;
    }

    private static Optional<BlobRef> optionalBlob(JsonNode node) {
        return node.isObject() ? Optional.of(blob(node)) : Optional.empty();
    }

    private static BlobRef blob(JsonNode node) {
        return new BlobRef(
                node.path("key").asText(),
                node.path("rows").asLong(),
                node.path("bytes").asLong(),
                Integer.parseUnsignedInt(node.path("crc32c").asText(), 16));
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
