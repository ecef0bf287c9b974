package io.ghala.refresher;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.refresher.TypedFileSamples.Form;
import io.ghala.snapshot.RefusedFile;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.DateMilliVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.DurationVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.IntervalDayVector;
import org.apache.arrow.vector.IntervalYearVector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.TimeMilliVector;
import org.apache.arrow.vector.TimeSecVector;
import org.apache.arrow.vector.TimeStampMilliTZVector;
import org.apache.arrow.vector.TimeStampSecVector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ViewVarCharVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.LargeListVector;
import org.apache.arrow.vector.complex.UnionVector;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider.MapDictionaryProvider;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.IntervalUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.UnionMode;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the columns of Arrow files and streams become, and what damaged ones do. */
class ArrowFileTest {
    private static final Field ID = Field.nullable("id", new ArrowType.Int(64, true));

    @TempDir
    Path temp;

    private Folder folder() {
        return new Folder(temp);
    }

    private static Consumer<VectorSchemaRoot> row(Consumer<FieldVector> value) {
        return root -> {
            ((BigIntVector) root.getVector("id")).setSafe(0, 1);
            value.accept(root.getVector("v"));
            root.setRowCount(1);
        };
    }

    private void becomes(Field field, Consumer<FieldVector> value, String type, String shown) throws IOException {
        for (Form form : Form.values()) {
            Table table = folder().with(
                            "a.arrow", TypedFileSamples.arrow(form, new Schema(List.of(ID, field)), row(value)))
                    .table();
            assertThat(table.refused()).as(field + " " + form).isEmpty();
            assertThat(table.type("v")).as(field + " " + form).isEqualTo(type);
            assertThat(table.rows()).as(field + " " + form).containsExactly("{\"id\":1,\"v\":" + shown + "}");
        }
    }

    private static Field value(ArrowType type, Field... children) {
        return new Field("v", FieldType.nullable(type), List.of(children));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void everyTypeOfTheListIsRead() throws IOException {
        becomes(value(new ArrowType.Null()), vector -> {}, "VARCHAR", "null");
        becomes(
                value(new ArrowType.Int(32, false)),
                vector -> ((UInt4Vector) vector).setSafe(0, -1),
                "BIGINT",
                "4294967295");
        becomes(
                value(new ArrowType.Decimal(9, 2, 128)),
                vector -> ((DecimalVector) vector).setSafe(0, new BigDecimal("1.50")),
                "DECIMAL(9,2)",
                "1.50");
        becomes(
                value(new ArrowType.LargeUtf8()),
                vector -> ((LargeVarCharVector) vector).setSafe(0, utf8("2024-01-02")),
                "VARCHAR",
                "\"2024-01-02\"");
        becomes(
                value(new ArrowType.Utf8View()),
                vector -> ((ViewVarCharVector) vector).setSafe(0, utf8("longer than what is inlined")),
                "VARCHAR",
                "\"longer than what is inlined\"");
        becomes(
                value(new ArrowType.FixedSizeBinary(2)),
                vector -> ((FixedSizeBinaryVector) vector).setSafe(0, new byte[] {0, -1}),
                "BLOB",
                "\"AP8=\"");
        becomes(
                value(new ArrowType.Date(DateUnit.MILLISECOND)),
                vector -> ((DateMilliVector) vector).setSafe(0, 86_400_000L * 19_723),
                "DATE",
                "\"2024-01-01\"");
        becomes(
                value(new ArrowType.Time(TimeUnit.SECOND, 32)),
                vector -> ((TimeSecVector) vector).setSafe(0, 3601),
                "TIME",
                "\"01:00:01\"");
        becomes(
                value(new ArrowType.Time(TimeUnit.MILLISECOND, 32)),
                vector -> ((TimeMilliVector) vector).setSafe(0, 3_600_120),
                "TIME",
                "\"01:00:00.12\"");
        becomes(
                value(new ArrowType.Timestamp(TimeUnit.SECOND, null)),
                vector -> ((TimeStampSecVector) vector).setSafe(0, -1),
                "TIMESTAMP",
                "\"1969-12-31T23:59:59\"");
        becomes(
                value(new ArrowType.Timestamp(TimeUnit.MILLISECOND, "Africa/Nairobi")),
                vector -> ((TimeStampMilliTZVector) vector).setSafe(0, 1),
                "TIMESTAMPTZ",
                "\"1970-01-01T00:00:00.001Z\"");
    }

    @Test
    void intervalsDurationsAndUuidsAreText() throws IOException {
        becomes(
                value(new ArrowType.Interval(IntervalUnit.YEAR_MONTH)),
                vector -> ((IntervalYearVector) vector).setSafe(0, 14),
                "VARCHAR",
                "\"P1Y2M\"");
        becomes(
                value(new ArrowType.Interval(IntervalUnit.DAY_TIME)),
                vector -> ((IntervalDayVector) vector).setSafe(0, 2, 3_600_500),
                "VARCHAR",
                "\"P2DT1H0.5S\"");
        becomes(
                value(new ArrowType.Duration(TimeUnit.SECOND)),
                vector -> ((DurationVector) vector).setSafe(0, 90),
                "VARCHAR",
                "\"PT1M30S\"");
        Field uuid = new Field(
                "v",
                new FieldType(
                        true,
                        new ArrowType.FixedSizeBinary(16),
                        null,
                        Map.of("ARROW:extension:name", "arrow.uuid", "ARROW:extension:metadata", "")),
                null);
        becomes(
                uuid,
                vector -> ((FixedSizeBinaryVector) vector).setSafe(0, new byte[16]),
                "VARCHAR",
                "\"00000000-0000-0000-0000-000000000000\"");
        Field json = new Field(
                "v",
                new FieldType(true, new ArrowType.Utf8(), null, Map.of("ARROW:extension:name", "arrow.json")),
                null);
        becomes(json, vector -> ((VarCharVector) vector).setSafe(0, utf8("{ \"a\" : 1.10 }")), "JSON", "{\"a\":1.10}");
    }

    @Test
    void listsOfEveryKindAreListsAndUnionsAreJson() throws IOException {
        Field item = Field.nullable("item", new ArrowType.Int(32, true));
        becomes(
                value(new ArrowType.FixedSizeList(2), item),
                vector -> {
                    FixedSizeListVector list = (FixedSizeListVector) vector;
                    list.setNotNull(0);
                    ((IntVector) list.getDataVector()).setSafe(0, 5);
                    ((IntVector) list.getDataVector()).setNull(1);
                    list.getDataVector().setValueCount(2);
                },
                "BIGINT[]",
                "[5,null]");
        becomes(
                value(new ArrowType.LargeList(), item),
                vector -> {
                    LargeListVector list = (LargeListVector) vector;
                    list.startNewValue(0);
                    ((IntVector) list.getDataVector()).setSafe(0, 7);
                    list.endValue(0, 1);
                },
                "BIGINT[]",
                "[7]");
        becomes(
                value(
                        new ArrowType.Union(UnionMode.Sparse, new int[] {7, 21}),
                        Field.nullable("int", new ArrowType.Int(32, true)),
                        Field.nullable("varchar", new ArrowType.Utf8())),
                vector -> {
                    UnionVector union = (UnionVector) vector;
                    union.setInitialCapacity(1);
                    union.allocateNew();
                    union.getTypeBuffer().setByte(0, 21);
                    ((VarCharVector) union.getChildrenFromFields().get(1)).setSafe(0, utf8("x"));
                    union.setValueCount(1);
                },
                "JSON",
                "\"x\"");
    }

    private static byte[] dictionaryFile(Form form, int index) {
        DictionaryEncoding encoding = new DictionaryEncoding(1, false, new ArrowType.Int(32, true));
        Field field = new Field("v", new FieldType(true, new ArrowType.Int(32, true), encoding), null);
        try (BufferAllocator allocator = new RootAllocator();
                VarCharVector words = new VarCharVector("words", allocator);
                BigIntVector ids = new BigIntVector("id", allocator);
                IntVector indexes = (IntVector) field.createVector(allocator)) {
            words.allocateNew();
            words.setSafe(0, utf8("zero"));
            words.setSafe(1, utf8("one"));
            words.setValueCount(2);
            ids.setSafe(0, 1);
            ids.setValueCount(1);
            indexes.setSafe(0, index);
            indexes.setValueCount(1);
            VectorSchemaRoot root = new VectorSchemaRoot(List.of(ids, indexes));
            return TypedFileSamples.arrow(form, root, new MapDictionaryProvider(new Dictionary(words, encoding)));
        }
    }

    @Test
    void dictionariesAreLookedUpAndTheirIndexesChecked() throws IOException {
        for (Form form : Form.values()) {
            Table table = folder().with("a.arrow", dictionaryFile(form, 1)).table();
            assertThat(table.rows()).containsExactly("{\"id\":1,\"v\":\"one\"}");
            for (int wrong : new int[] {2, -1, Integer.MAX_VALUE}) {
                Table refused = folder().with("a.arrow", dictionaryFile(form, wrong))
                        .with("good.json", "{\"id\":1}")
                        .table();
                assertThat(refused.rows()).containsExactly("{\"id\":1}");
                assertThat(refused.refused()).singleElement().satisfies(file -> assertThat(file.reason())
                        .contains("dictionary of 2"));
            }
        }
    }

    @Test
    void whatNoReaderCouldLoadIsRefused() throws IOException {
        Field deep = new Field("v", FieldType.nullable(new ArrowType.Int(64, true)), null);
        for (int depth = 0; depth < 64; depth++) {
            deep = new Field("v", FieldType.nullable(new ArrowType.List()), List.of(deep));
        }
        Field nul = new Field("v\u0000w", FieldType.nullable(new ArrowType.Utf8()), null);
        Field inside = new Field("a\u0000", FieldType.nullable(new ArrowType.Utf8()), null);
        Field wide = new Field("n".repeat(1001), FieldType.nullable(new ArrowType.Utf8()), null);
        for (Form form : Form.values()) {
            refusedFor(form, deep, "63 levels");
            refusedFor(form, nul, "NUL");
            refusedFor(form, value(new ArrowType.Struct(), inside), "NUL");
            refusedFor(form, wide, "longer than the 1000 characters");
        }
    }

    private void refusedFor(Form form, Field field, String says) throws IOException {
        byte[] file = TypedFileSamples.arrow(form, new Schema(List.of(ID, field)), root -> root.setRowCount(0));
        Table table =
                folder().with("a.arrow", file).with("good.json", "{\"id\":1}").table();
        assertThat(table.rows()).containsExactly("{\"id\":1}");
        assertThat(table.refused()).singleElement().satisfies(refused -> assertThat(refused.reason())
                .contains(says));
    }

    @Test
    void theByteOrderOfBigEndianMachinesIsRefused() throws IOException {
        // A stream of one column v of 64-bit integers without rows, whose schema says Endianness.Big.
        String stream =
                "ffffffff800000001000000000000a000c000a00090004000a000000100000000001040008000c000a00040008000000"
                        + "080000000000010001000000140000001000140010000f000e00080000000400100000001000000018000000000002011c"
                        + "0000000000000008000c0008000700080000000000000140000000010000007600000000000000ffffffff00000000";
        Table table = folder().with("a.arrow", HexFormat.of().parseHex(stream))
                .with("good.json", "{\"id\":1}")
                .table();
        assertThat(table.rows()).containsExactly("{\"id\":1}");
        assertThat(table.refused()).singleElement().satisfies(refused -> assertThat(refused.reason())
                .contains("big-endian"));
    }

    @Test
    void typesOutsideTheListAreRefusedByName() throws IOException {
        for (ArrowType type : List.of(
                new ArrowType.Decimal(50, 2, 256),
                new ArrowType.Decimal(9, -2, 128),
                new ArrowType.FloatingPoint(FloatingPointPrecision.HALF),
                new ArrowType.Decimal(38, 2, 256))) {
            for (Form form : Form.values()) {
                byte[] file =
                        TypedFileSamples.arrow(form, new Schema(List.of(ID, value(type))), root -> root.setRowCount(0));
                refused(file, type.toString());
            }
        }
        Field dense = value(
                new ArrowType.Union(UnionMode.Dense, new int[] {0}),
                Field.nullable("int", new ArrowType.Int(32, true)));
        refused(TypedFileSamples.arrow(Form.FILE, new Schema(List.of(ID, dense)), root -> {}), "Dense");
    }

    private void refused(byte[] file, String says) throws IOException {
        Table table =
                folder().with("a.arrow", file).with("good.json", "{\"id\":1}").table();
        assertThat(table.rows()).containsExactly("{\"id\":1}");
        assertThat(table.refused()).singleElement().satisfies(refused -> {
            assertThat(refused.file()).isEqualTo("a.arrow");
            assertThat(refused.reason()).contains("'v'").contains(says);
        });
    }

    private static byte[] words(Form form) {
        return TypedFileSamples.arrow(form, new Schema(List.of(ID, value(new ArrowType.Utf8()))), root -> {
            for (int i = 0; i < 100; i++) {
                ((BigIntVector) root.getVector("id")).setSafe(i, i);
                ((VarCharVector) root.getVector("v")).setSafe(i, utf8("word " + i));
            }
            root.setRowCount(100);
        });
    }

    /** Where the offset of row 50 stands: after the offset of row 49, both known from the words. */
    private static int offsetOfRow50(byte[] file) {
        int before = 0;
        for (int i = 0; i < 49; i++) {
            before += ("word " + i).length();
        }
        byte[] two = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(before)
                .putInt(before + "word 49".length())
                .array();
        for (int i = 0; i + two.length <= file.length; i += 4) {
            if (ByteBuffer.wrap(file, i, two.length).equals(ByteBuffer.wrap(two))) {
                return i + 4;
            }
        }
        throw new AssertionError("the file has no such offsets");
    }

    @Test
    void aBrokenOffsetRefusesTheFileAndTheProcessLives() throws IOException {
        for (Form form : Form.values()) {
            for (int offset : new int[] {Integer.MAX_VALUE, Integer.MIN_VALUE, -1, 100_000, 0}) {
                byte[] file = words(form);
                ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(offsetOfRow50(file), offset);
                Table table = folder().with("a.arrow", file)
                        .with("b.arrow", words(form))
                        .table();
                assertThat(table.rows()).hasSize(100);
                assertThat(table.refused()).singleElement().satisfies(refused -> {
                    assertThat(refused.file()).isEqualTo("a.arrow");
                    assertThat(refused.reason()).contains("'v'").contains("outside of its buffers");
                });
            }
        }
    }

    @Test
    void truncatedAndForeignFilesAreRefused() throws IOException {
        for (Form form : Form.values()) {
            byte[] file = words(form);
            for (int length : new int[] {1, 7, 100, file.length / 2, file.length - 40}) {
                Table table = folder().with("a.arrow", java.util.Arrays.copyOf(file, length))
                        .with("good.json", "{\"id\":1}")
                        .table();
                assertThat(table.rows()).as(form + " " + length).containsExactly("{\"id\":1}");
                assertThat(table.refused()).singleElement().satisfies(refused -> assertThat(refused.reason())
                        .contains("Arrow"));
            }
        }
    }

    @Test
    void noAlteredByteTakesTheReadersParentWithIt() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (Form form : Form.values()) {
            List<String> names = new ArrayList<>();
            Folder folder = folder();
            for (int i = 0; i < 150; i++) {
                byte[] file = words(form);
                file[random.nextInt(file.length)] = (byte) random.nextInt();
                names.add("f" + i + ".arrow");
                folder.with(names.get(i), file);
            }
            Table table = folder.with("good.arrow", words(form)).table();
            assertThat(table.refused())
                    .as("seed " + seed)
                    .extracting(RefusedFile::file)
                    .isSubsetOf(names);
            assertThat(table.rows()).as("seed " + seed).hasSizeGreaterThanOrEqualTo(100);
        }
    }
}
