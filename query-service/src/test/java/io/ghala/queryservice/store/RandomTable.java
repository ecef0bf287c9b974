package io.ghala.queryservice.store;

import io.ghala.model.Column;
import io.ghala.model.ColumnType;
import io.ghala.model.ColumnType.DecimalType;
import io.ghala.model.ScalarType;
import io.ghala.model.TableName;
import io.ghala.model.TableSchema;
import io.ghala.snapshot.Manifest;
import io.ghala.snapshot.PartRef;
import io.ghala.snapshot.arrow.PartCasts;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * A table whose parts, columns and hidden rows change at random, within what a manifest may say. It has no JSON
 * columns: Arrow forgets in an answer that they are no text.
 */
final class RandomTable {
    private static final List<ColumnType> TYPES = List.of(
            ScalarType.BIGINT,
            ScalarType.DOUBLE,
            ScalarType.VARCHAR,
            ScalarType.TIMESTAMP,
            ScalarType.TIMESTAMP_NS,
            ScalarType.TIMESTAMPTZ,
            ScalarType.TIMESTAMPTZ_NS,
            new DecimalType(20, 1),
            new DecimalType(25, 2));
    private static final Map<ScalarType, List<String>> TEXTS = Map.of(
            ScalarType.TIMESTAMP, List.of("2024-02-29T23:59:59.5", "1969-12-31T00:00:00.000001"),
            ScalarType.TIMESTAMP_NS, List.of("2024-02-29T23:59:59.123456789", "1969-12-31T00:00:00"),
            ScalarType.TIMESTAMPTZ, List.of("2024-02-29T23:59:59.5Z", "1969-12-31T00:00:00+03:00"),
            ScalarType.TIMESTAMPTZ_NS, List.of("2024-02-29T23:59:59.123456789Z", "1969-12-31T00:00:00Z"));

    private final Random random;
    private final FakeSnapshots snapshots;
    private final TableName name;
    private final List<Column> columns = new ArrayList<>();
    private final List<PartRef> parts = new ArrayList<>();
    private final List<BitSet> hidden = new ArrayList<>();
    private int named;

    RandomTable(long seed, FakeSnapshots snapshots, TableName name) {
        this.random = new Random(seed);
        this.snapshots = snapshots;
        this.name = name;
        for (int i = 0; i < 3; i++) {
            columns.add(new Column("c" + named++, type()));
        }
        for (int i = 0; i < 4; i++) {
            addPart(200);
        }
    }

    private ColumnType type() {
        return TYPES.get(random.nextInt(TYPES.size()));
    }

    Manifest publish() {
        return snapshots.publish(name, new TableSchema(columns), parts);
    }

    void change() {
        switch (random.nextInt(14)) {
            case 0, 1, 2 -> addPart(20);
            case 3 -> remove(random.nextInt(parts.size()));
            case 4 -> merge();
            case 5, 6, 7 -> hide();
            case 8 -> show();
            case 9 -> columns.add(random.nextInt(columns.size() + 1), new Column("c" + named++, type()));
            case 10 -> drop();
            case 11, 12 -> retype();
            default -> {
                Collections.shuffle(columns, random);
                Column first = columns.get(0);
                columns.set(0, new Column(first.name().toUpperCase(Locale.ROOT), first.type()));
            }
        }
        if (parts.isEmpty()) {
            addPart(200);
        }
    }

    /** A part with some of the columns, some of them in narrower types. */
    private void addPart(int most) {
        List<Column> some = new ArrayList<>();
        for (Column column : columns) {
            if (random.nextInt(5) > 0) {
                List<ColumnType> narrower = TYPES.stream()
                        .filter(type -> PartCasts.exact(type, column.type()))
                        .toList();
                some.add(new Column(column.name(), narrower.get(random.nextInt(narrower.size()))));
            }
        }
        addPart(new TableSchema(some), 1 + random.nextInt(most));
    }

    private void addPart(TableSchema schema, int rows) {
        List<List<String>> texts = new ArrayList<>();
        int file = random.nextInt(1000);
        for (int row = 0; row < rows; row++) {
            List<String> cells = new ArrayList<>();
            schema.columns().forEach(column -> cells.add(text(column.type())));
            // Files have rows one after the other, and come again.
            file = random.nextInt(4) == 0 ? random.nextInt(1000) : file;
            cells.add("file" + file);
            cells.add(random.nextBoolean() ? "" : "17-" + row);
            texts.add(cells);
        }
        parts.add(snapshots.part(schema, texts, 1 + random.nextInt(100)));
        hidden.add(new BitSet());
    }

    private String text(ColumnType type) {
        if (random.nextInt(6) == 0) {
            return "";
        }
        if (type == ScalarType.VARCHAR) {
            return "text " + random.nextInt(50);
        }
        if (type instanceof DecimalType || type == ScalarType.BIGINT || type == ScalarType.DOUBLE) {
            return Integer.toString(random.nextInt(2000) - 1000);
        }
        List<String> texts = TEXTS.getOrDefault(type, List.of());
        return texts.get(random.nextInt(texts.size()));
    }

    private void remove(int part) {
        parts.remove(part);
        hidden.remove(part);
    }

    private void merge() {
        int rows = 0;
        for (int i = 0; i < 3 && !parts.isEmpty(); i++) {
            rows += (int) parts.get(parts.size() - 1).visibleRows();
            remove(parts.size() - 1);
        }
        addPart(new TableSchema(columns), Math.max(1, rows));
    }

    private void hide() {
        for (int part = 0; part < parts.size(); part++) {
            int rows = (int) parts.get(part).rows();
            int count = random.nextInt(1 + rows / 8);
            BitSet now = (BitSet) hidden.get(part).clone();
            for (int i = 0; i < count; i++) {
                now.set(random.nextInt(rows));
            }
            setHidden(part, now);
        }
    }

    private void show() {
        int part = random.nextInt(parts.size());
        BitSet now = (BitSet) hidden.get(part).clone();
        int first = now.nextSetBit(0);
        if (first >= 0) {
            now.clear(first);
            setHidden(part, now);
        }
    }

    private void setHidden(int part, BitSet now) {
        if (!now.equals(hidden.get(part))) {
            hidden.set(part, now);
            parts.set(part, snapshots.hiding(parts.get(part), now));
        }
    }

    /** Parts may go on holding a column that the table has no more. */
    private void drop() {
        if (columns.size() > 1) {
            columns.remove(random.nextInt(columns.size()));
        }
    }

    /** Another type for a column; parts that cannot be cast to it are replaced. */
    private void retype() {
        int at = random.nextInt(columns.size());
        Column column = columns.get(at);
        List<ColumnType> wider = TYPES.stream()
                .filter(type -> !type.equals(column.type()) && PartCasts.exact(column.type(), type))
                .toList();
        ColumnType type = wider.isEmpty() || random.nextInt(4) == 0 ? type() : wider.get(random.nextInt(wider.size()));
        columns.set(at, new Column(column.name(), type));
        for (int part = parts.size() - 1; part >= 0; part--) {
            boolean stays = parts.get(part).schema().columns().stream()
                    .filter(stored -> stored.foldedName().equals(column.foldedName()))
                    .allMatch(stored -> PartCasts.exact(stored.type(), type));
            if (!stays) {
                int rows = (int) parts.get(part).rows();
                remove(part);
                addPart(new TableSchema(columns), rows);
            }
        }
    }
}
