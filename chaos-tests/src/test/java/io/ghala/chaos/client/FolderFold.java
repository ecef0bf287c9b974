package io.ghala.chaos.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghala.chaos.history.History.Sighting;
import io.ghala.chaos.history.SeenRow;
import io.ghala.model.StreamId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The table that a folder means, worked out from the documented names and forms alone and by none of the services'
 * code.
 */
public final class FolderFold {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern ROW_OP = Pattern.compile("(.+)@([0-9]{13}-[0-9]+)\\.(json|deleted)");
    private static final Pattern BATCH = Pattern.compile("ops@[0-9]{13}-[0-9]+\\.[0-9a-f]{16}\\.ndjson");

    private FolderFold() {}

    /** One write as the folder holds it; {@code row} is null for a delete. */
    public record Op(String id, StreamId version, @Nullable SeenRow row) {}

    /** The visible rows. */
    public static List<SeenRow> rows(Path folder) throws IOException {
        Map<String, Op> winners = new HashMap<>();
        List<SeenRow> plain = new ArrayList<>();
        for (Path file : list(folder)) {
            String name = file.getFileName().toString();
            if (isOp(name)) {
                for (Op op : ops(file)) {
                    winners.merge(op.id(), op, (a, b) -> a.version().compareTo(b.version()) >= 0 ? a : b);
                }
            } else {
                plain.addAll(plainRows(file));
            }
        }
        List<SeenRow> rows = new ArrayList<>();
        plain.stream().filter(row -> !winners.containsKey(row.id())).forEach(rows::add);
        for (Op op : winners.values()) {
            if (op.row() != null) {
                rows.add(op.row());
            }
        }
        return rows;
    }

    /** Data files by name. */
    static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.getFileName().toString().startsWith(".")
                            && !file.getFileName().toString().startsWith("_"))
                    .sorted()
                    .toList();
        }
    }

    static boolean isOp(String name) {
        return BATCH.matcher(name).matches() || ROW_OP.matcher(name).matches();
    }

    /** The writes in one op file. */
    static List<Op> ops(Path file) throws IOException {
        String name = file.getFileName().toString();
        if (BATCH.matcher(name).matches()) {
            List<Op> ops = new ArrayList<>();
            for (String line : Files.readAllLines(file)) {
                JsonNode op = JSON.readTree(line);
                String id = op.path("id").asText();
                StreamId version = StreamId.parse(op.path("seq").asText());
                boolean upsert = op.path("op").asText().equals("upsert");
                ops.add(new Op(id, version, upsert ? row(id, op.path("payload"), version.toString()) : null));
            }
            return ops;
        }
        Matcher parts = ROW_OP.matcher(name);
        if (!parts.matches()) {
            throw new IOException(file + " is no op file");
        }
        String id = decode(parts.group(1));
        StreamId version = StreamId.parse(parts.group(2));
        return List.of(new Op(
                id,
                version,
                parts.group(3).equals("json")
                        ? row(id, JSON.readTree(Files.readString(file)), version.toString())
                        : null));
    }

    private static SeenRow row(String id, JsonNode payload, String version) {
        return new SeenRow(
                id,
                payload.path("n").asLong(),
                payload.path("a").asLong(),
                payload.path("b").asLong(),
                version);
    }

    private static String decode(String encoded) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < encoded.length(); i++) {
            if (encoded.charAt(i) == '%') {
                bytes.write(Integer.parseInt(encoded.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                bytes.write(encoded.charAt(i));
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static List<SeenRow> plainRows(Path file) throws IOException {
        String name = file.getFileName().toString();
        if (name.endsWith(".json")) {
            String stem = name.substring(0, name.length() - ".json".length());
            return List.of(row(stem, JSON.readTree(Files.readString(file)), ""));
        }
        List<SeenRow> rows = new ArrayList<>();
        List<String> lines = Files.readAllLines(file);
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            rows.add(new SeenRow(
                    cells[0], Long.parseLong(cells[1]), Long.parseLong(cells[2]), Long.parseLong(cells[3]), ""));
        }
        return rows;
    }

    /** The writes of an op file as they are seen in the folder; empty when it was swept meanwhile. */
    static List<Sighting> sightings(Path file) throws IOException {
        try {
            return ops(file).stream()
                    .map(op -> new Sighting(
                            op.id(),
                            op.version(),
                            op.row() == null ? -1 : op.row().n()))
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }
}
