package io.ghala.refresher;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.ghala.refresher.parts.PlanParts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random folders with a random history against a fold of their own: a list of what every file says, folded and typed by
 * rules written here without the product's code. After each change the incremental reading, a cold one and this fold
 * must agree on rows and types.
 */
class RandomFolderTest {
    private static final int CHANGES = 60;
    /** Each so many changes the table is verified by the product's own fold as well. */
    private static final int VERIFIED = 7;

    /**
     * A value as JSON text, its text as VARCHAR, and its kind. {@code csv} is the cell, or null where a CSV file cannot
     * say it.
     */
    private record Value(
            String json,
            @Nullable String text,
            String kind,
            @Nullable String csv) {}

    private static final List<Value> VALUES = List.of(
            new Value("1", "1", "integer", "1"),
            new Value("-42", "-42", "integer", "-42"),
            new Value("9007199254740993", "9007199254740993", "beyond53", "9007199254740993"),
            new Value("18446744073709551616", "18446744073709551616", "big", "18446744073709551616"),
            new Value("1.5", "1.5", "fraction", "1.5"),
            new Value("2e3", "2e3", "fraction", "2e3"),
            new Value("0.1234567890123456789", "0.1234567890123456789", "long", "0.1234567890123456789"),
            new Value("true", "true", "bool", "true"),
            new Value("false", "false", "bool", "false"),
            new Value("null", null, "null", ""),
            new Value("\"x\"", "x", "text", "x"),
            new Value("\"\"", "", "text", "\"\""),
            new Value("\"a, \\\"b\\\"\"", "a, \"b\"", "text", "\"a, \"\"b\"\"\""),
            new Value("\"2024-02-29\"", "2024-02-29", "date", "2024-02-29"),
            new Value("\"2024-02-30\"", "2024-02-30", "text", "2024-02-30"),
            new Value("[1]", "[1]", "array", null),
            new Value("[]", "[]", "array", null),
            new Value("{\"k\":1}", "{\"k\":1}", "object", null));

    /** One write or one plain file's rows; {@code op} is null for plain files, "delete" or "upsert" otherwise. */
    private record Said(@Nullable String op, String id, long stream, List<Map<String, Value>> rows) {}

    @TempDir
    Path temp;

    static LongStream seeds() {
        return LongStream.concat(LongStream.rangeClosed(1, 12), LongStream.of(System.nanoTime()));
    }

    /**
     * How rows are laid out: as one part, in parts of a few rows, and in parts that hold what a large table's would.
     */
    private static final Map<String, PlanParts> LAYOUTS = Map.of(
            "one part", new PlanParts(),
            "tiny parts", new PlanParts(0, 2),
            "few parts", new PlanParts(0, 64));

    static Stream<Arguments> histories() {
        return seeds().boxed().flatMap(seed -> LAYOUTS.keySet().stream().map(layout -> Arguments.of(seed, layout)));
    }

    @ParameterizedTest(name = "seed {0} in {1}")
    @MethodSource("histories")
    void incrementalColdAndOracleAgree(long seed, String layout) throws IOException {
        Random random = new Random(seed);
        Path folder = Files.createDirectories(temp.resolve("t" + seed));
        Map<String, List<Said>> files = new TreeMap<>();
        // Columns of a folder hold few kinds, so that types meet in many combinations and not always end as text.
        Map<String, List<Value>> columns = new LinkedHashMap<>();
        for (String column : List.of("a", "b", "c")) {
            columns.put(column, pick(random, VALUES, 1 + random.nextInt(4)));
        }
        try (Refresher incremental = new Refresher(folder, requireNonNull(LAYOUTS.get(layout)), Map.of())) {
            for (int change = 0; change < CHANGES; change++) {
                change(random, folder, files, columns, change);
                disturb(random, incremental);
                incremental.update();
                Table warm = Table.of(incremental);
                String at = "seed " + seed + " layout " + layout + " change " + change + " files " + files.keySet();
                assertThat(warm).as(at).isEqualTo(Table.cold(folder));
                assertThat(warm.refused()).as(at).isEmpty();
                compare(at, warm, fold(files));
                if (change % VERIFIED == 0) {
                    verify(at, folder, incremental);
                }
                assertThat(incremental.snapshots.blobCount())
                        .as(at)
                        .isEqualTo(incremental.manifest().allBlobs().size());
            }
        }
    }

    private static void verify(String at, Path folder, Refresher refresher) throws IOException {
        Verification verification = new Verification(folder, refresher.snapshots);
        verification.writeParquet(3);
        try {
            assertThat(verification.lines()).as(at).isEmpty();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Another process takes over, what is published is lost, or a blob of it is damaged and a reader says so. */
    private static void disturb(Random random, Refresher refresher) {
        int what = random.nextInt(20);
        if (what < 3) {
            refresher.replace();
        }
        if (what == 3) {
            refresher.snapshots.wipe();
        }
        if (what == 4 && refresher.snapshots.blobCount() > 0) {
            refresher.snapshots.damage(
                    pick(random, refresher.manifest().allBlobs(), 1).get(0));
            refresher.snapshots.requestRepair(refresher.manifest().table(), "a reader found it damaged");
            if (random.nextBoolean()) {
                refresher.replace();
            }
        }
    }

    private static <T> List<T> pick(Random random, List<T> from, int count) {
        List<T> picked = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            picked.add(from.get(random.nextInt(from.size())));
        }
        return picked;
    }

    private static void change(
            Random random, Path folder, Map<String, List<Said>> files, Map<String, List<Value>> columns, int change)
            throws IOException {
        int what = random.nextInt(10);
        if (what == 0 && !files.isEmpty()) {
            String victim = pick(random, List.copyOf(files.keySet()), 1).get(0);
            Files.delete(folder.resolve(victim));
            files.remove(victim);
        } else if (what == 1 && files.keySet().stream().anyMatch(name -> name.startsWith("plain"))) {
            String from = pick(
                            random,
                            files.keySet().stream()
                                    .filter(name -> name.startsWith("plain"))
                                    .toList(),
                            1)
                    .get(0);
            String to = "plain-" + change + from.substring(from.indexOf('.'));
            Files.move(folder.resolve(from), folder.resolve(to));
            files.put(to, files.remove(from));
        } else if (what < 6) {
            plain(random, folder, files, columns, change);
        } else {
            ops(random, folder, files, columns, change);
        }
    }

    private static Map<String, Value> row(Random random, Map<String, List<Value>> columns, boolean csv) {
        Map<String, Value> row = new LinkedHashMap<>();
        columns.forEach((column, values) -> {
            List<Value> possible =
                    csv ? values.stream().filter(value -> value.csv() != null).toList() : values;
            if (!possible.isEmpty() && (csv || random.nextInt(4) > 0)) {
                row.put(column, pick(random, possible, 1).get(0));
            }
        });
        return row;
    }

    private static void plain(
            Random random, Path folder, Map<String, List<Said>> files, Map<String, List<Value>> columns, int change)
            throws IOException {
        String extension = pick(random, List.of(".ndjson", ".json", ".csv", ".ndjson.gz", ".jsonl.zst"), 1)
                .get(0);
        List<Map<String, Value>> rows = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            Map<String, Value> row = new LinkedHashMap<>();
            String id = Integer.toString(random.nextInt(8));
            row.put("id", new Value(id, id, "integer", id));
            row.putAll(row(random, columns, extension.equals(".csv")));
            rows.add(row);
        }
        String text = extension.equals(".csv") ? csv(rows) : json(rows, extension.equals(".json"));
        String name = "plain-" + change + extension;
        Files.write(folder.resolve(name), packed(extension, text.getBytes(StandardCharsets.UTF_8)));
        files.put(name, List.of(new Said(null, "", 0, rows)));
    }

    private static String json(List<Map<String, Value>> rows, boolean array) {
        String lines = rows.stream().map(RandomFolderTest::object).collect(Collectors.joining(array ? "," : "\n"));
        return array ? "[" + lines + "]" : lines;
    }

    private static String object(Map<String, Value> row) {
        return row.entrySet().stream()
                .map(cell -> "\"" + cell.getKey() + "\":" + cell.getValue().json())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String csv(List<Map<String, Value>> rows) {
        Set<String> names = rows.get(0).keySet();
        StringBuilder out = new StringBuilder(String.join(",", names)).append('\n');
        rows.forEach(row -> out.append(names.stream()
                        .map(name -> requireNonNull(row.get(name)).csv())
                        .collect(Collectors.joining(",")))
                .append('\n'));
        return out.toString();
    }

    private static byte[] packed(String extension, byte[] bytes) throws IOException {
        if (extension.endsWith(".zst")) {
            return Zstd.compress(bytes);
        }
        if (!extension.endsWith(".gz")) {
            return bytes;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static void ops(
            Random random, Path folder, Map<String, List<Said>> files, Map<String, List<Value>> columns, int change)
            throws IOException {
        boolean batch = random.nextInt(3) == 0;
        List<Said> said = new ArrayList<>();
        int count = batch ? 1 + random.nextInt(5) : 1;
        for (int i = 0; i < count; i++) {
            // Ids of earlier writes come again, so that ops arrive out of order and overwrite each other.
            long stream = 1_763_812_000_000L + random.nextInt(50) * 100L + change;
            String id = Integer.toString(random.nextInt(8));
            boolean delete = random.nextInt(3) == 0;
            said.add(new Said(
                    delete ? "delete" : "upsert",
                    id,
                    stream,
                    delete ? List.of() : List.of(row(random, columns, false))));
        }
        if (batch) {
            said.sort(java.util.Comparator.comparingLong(Said::stream));
            StringBuilder out = new StringBuilder();
            // Equal stream ids cannot come from one stream.
            for (int i = 0; i < said.size(); i++) {
                Said one = said.get(i);
                out.append("{\"op\":\"")
                        .append(one.op())
                        .append("\",\"id\":\"")
                        .append(one.id())
                        .append("\",\"seq\":\"")
                        .append(one.stream())
                        .append('-')
                        .append(i)
                        .append('"');
                if ("upsert".equals(one.op())) {
                    out.append(",\"payload\":").append(object(one.rows().get(0)));
                }
                out.append("}\n");
            }
            String name = "ops@" + said.get(said.size() - 1).stream() + "-" + (said.size() - 1) + ".00000000000000"
                    + String.format("%02x", change) + ".ndjson";
            Files.writeString(folder.resolve(name), out.toString());
            files.put(name, said);
        } else {
            Said one = said.get(0);
            boolean delete = "delete".equals(one.op());
            String name = one.id() + "@" + one.stream() + "-9" + (delete ? ".deleted" : ".json");
            Files.writeString(
                    folder.resolve(name), delete ? "" : object(one.rows().get(0)));
            files.put(name, said);
        }
    }

    /** What the folder means: visible rows, and for each column the kinds of all plain rows and of winning writes. */
    private record Folded(
            List<Map<String, Value>> rows, Map<String, Set<String>> kinds, Map<String, List<Value>> seen) {}

    private static Folded fold(Map<String, List<Said>> files) {
        Map<String, Said> winners = new HashMap<>();
        Map<String, BigDecimal> ranks = new HashMap<>();
        files.forEach((name, said) -> {
            for (int i = 0; i < said.size(); i++) {
                Said one = said.get(i);
                if (one.op() != null) {
                    BigDecimal rank = new BigDecimal(one.stream() + (name.startsWith("ops@") ? "." + i : ".9"));
                    if (!ranks.containsKey(one.id()) || rank.compareTo(ranks.get(one.id())) > 0) {
                        ranks.put(one.id(), rank);
                        winners.put(one.id(), one);
                    }
                }
            }
        });
        List<Map<String, Value>> rows = new ArrayList<>();
        List<Map<String, Value>> counted = new ArrayList<>();
        files.values()
                .forEach(said -> said.forEach(one -> {
                    if (one.op() == null) {
                        counted.addAll(one.rows());
                        one.rows().stream()
                                .filter(row -> !winners.containsKey(
                                        requireNonNull(row.get("id")).text()))
                                .forEach(rows::add);
                    }
                }));
        winners.forEach((id, one) -> {
            if ("upsert".equals(one.op())) {
                Map<String, Value> row = new LinkedHashMap<>(one.rows().get(0));
                row.put("id", new Value(id, id, "integer", id));
                rows.add(row);
                counted.add(row);
            }
        });
        Map<String, Set<String>> kinds = new TreeMap<>();
        Map<String, List<Value>> seen = new TreeMap<>();
        counted.forEach(row -> row.forEach((column, value) -> {
            Set<String> known = kinds.computeIfAbsent(column, name -> new TreeSet<>());
            seen.computeIfAbsent(column, name -> new ArrayList<>()).add(value);
            if (!value.kind().equals("null")) {
                known.add(value.kind());
            }
        }));
        return new Folded(rows, kinds, seen);
    }

    private static String type(Set<String> kinds, List<Value> seen) {
        if (kinds.isEmpty()) {
            return "VARCHAR";
        }
        if (kinds.equals(Set.of("array"))) {
            return seen.stream().anyMatch(value -> value.json().equals("[1]")) ? "BIGINT[]" : "VARCHAR[]";
        }
        if (kinds.equals(Set.of("object"))) {
            return "STRUCT(\"k\" BIGINT)";
        }
        if (kinds.contains("array") || kinds.contains("object")) {
            return "JSON";
        }
        if (kinds.equals(Set.of("bool"))) {
            return "BOOLEAN";
        }
        if (kinds.equals(Set.of("date"))) {
            return "DATE";
        }
        if (Set.of("integer", "beyond53").containsAll(kinds)) {
            return "BIGINT";
        }
        if (Set.of("integer", "beyond53", "big").containsAll(kinds)) {
            return "DECIMAL(38,0)";
        }
        return Set.of("integer", "fraction").containsAll(kinds) ? "DOUBLE" : "VARCHAR";
    }

    private static String shown(@Nullable Value value, String type) {
        if (value == null || value.kind().equals("null")) {
            return "null";
        }
        return switch (type) {
            case "BIGINT", "BOOLEAN", "BIGINT[]", "VARCHAR[]", "STRUCT(\"k\" BIGINT)", "JSON" -> value.json();
            case "DECIMAL(38,0)" -> new BigInteger(value.json()).toString();
            case "DOUBLE" -> Double.toString(Double.parseDouble(value.json()));
            default -> "\"" + requireNonNull(value.text()).replace("\"", "\\\"") + "\"";
        };
    }

    private static void compare(String at, Table table, Folded oracle) {
        Map<String, String> types = new TreeMap<>();
        oracle.kinds()
                .forEach((column, kinds) -> types.put(
                        column, type(kinds, requireNonNull(oracle.seen().get(column)))));
        Map<String, String> actual = new TreeMap<>();
        table.schema()
                .columns()
                .forEach(column -> actual.put(column.name(), column.type().sql()));
        if (types.isEmpty()) {
            types.put("id", "VARCHAR");
        }
        assertThat(actual).as(at).isEqualTo(types);
        List<String> expected = oracle.rows().stream()
                .map(row -> table.schema().columns().stream()
                        .map(column -> "\"" + column.name() + "\":"
                                + shown(row.get(column.name()), requireNonNull(types.get(column.name()))))
                        .collect(Collectors.joining(",", "{", "}")))
                .sorted()
                .toList();
        assertThat(table.rows().stream().sorted().toList()).as(at).isEqualTo(expected);
    }
}
