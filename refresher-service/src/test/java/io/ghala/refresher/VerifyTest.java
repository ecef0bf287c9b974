package io.ghala.refresher;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.folder.FileChecksum;
import io.ghala.folder.FolderLayout;
import io.ghala.lease.Lease;
import io.ghala.refresher.parts.PlanParts;
import io.ghala.refresher.verify.findings.Difference;
import io.ghala.refresher.verify.findings.Difference.Place;
import io.ghala.refresher.verify.findings.Verdict;
import io.ghala.snapshot.BlobRef;
import io.ghala.snapshot.DeletionVector;
import io.ghala.snapshot.Manifest;
import io.ghala.snapshot.PartRef;
import io.ghala.snapshot.SnapshotPublisher.EncodedBlob;
import io.ghala.snapshot.SnapshotPublisher.Publication;
import io.ghala.type.TypeBasis;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.arrow.memory.RootAllocator;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code verify} finds in a table that is as it should be, and in one that is not. */
class VerifyTest {
    @TempDir
    Path temp;

    private Path folder;
    private Refresher refresher;
    private Verification verification;

    @BeforeEach
    void open() throws IOException {
        folder = Files.createDirectory(temp.resolve("orders"));
        refresher = new Refresher(folder);
        verification = new Verification(folder, refresher.snapshots);
    }

    @AfterEach
    void close() {
        refresher.close();
    }

    private void file(String name, String content) throws IOException {
        Path path = folder.resolve(name);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }

    private void publish() throws IOException {
        refresher.update();
        verification.writeParquet(1 << 20);
    }

    private static List<String> where(Verdict verdict, Place place) {
        return verdict.differences().stream()
                .filter(difference -> difference.place() == place)
                .map(Difference::where)
                .toList();
    }

    private void manyKindsOfFiles() throws IOException {
        file("a.csv", "id,v,note\n1,1,\n2,2.5,\"a, b\"\n2,9007199254740991,twice\n");
        file(
                "b.json",
                "[{\"id\":3,\"v\":1e2,\"tags\":[\"x\",null],\"s\":{\"k\":1,\"d\":\"2024-02-29\"}},{\"id\":null}]");
        file("eu/day=2026-01-02/c.ndjson", """
                {"id":"4","at":"2026-01-02T03:04:05+03:00","j":1}
                {"j":"x"}
                """);
        file("7.json", "{\"j\":{\"deep\":[1.10]}}");
        file("broken.json", "{");
        file("notes.txt", "no table");
        file(".hidden.json", "{\"id\":99}");
        file("_own.json", "{\"id\":99}");
        file("half.json.tmp", "{\"id\":99}");
        Files.createSymbolicLink(folder.resolve("link.json"), folder.resolve("7.json"));
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("id,v\n8,8\n9,9\n".getBytes(StandardCharsets.UTF_8));
        }
        Files.write(folder.resolve("d.csv.gz"), packed.toByteArray());
        file("1@1763812345678-0.json", "{\"v\":\"11\"}");
        file("3@1763812345679-0.json", "{\"v\":7}");
        file("3@1763812345680-0.deleted", "");
        file("ops@1763812345690-1.0123456789abcdef.ndjson", """
                {"op":"upsert","id":"8","seq":"1763812345690-0","payload":{"v":80,"new":true}}
                {"op":"delete","id":"9","seq":"1763812345690-1"}
                """);
    }

    @Test
    void aTableAgreesWithItsFolderWhateverKindsOfFilesItHas() throws Exception {
        manyKindsOfFiles();
        publish();
        Verdict verdict = verification.verdict();
        assertThat(verdict.differences()).isEmpty();
        assertThat(verdict.notes()).isEmpty();
        assertThat(verdict.summary()).contains("8 rows of 11 files in 9 columns, 2 files refused");
    }

    @Test
    void aTableOfManyPartsAgreesWithItsFolderThroughItsHistory() throws Exception {
        refresher.close();
        refresher = new Refresher(folder, new PlanParts(0, 2), Map.of());
        verification = new Verification(folder, refresher.snapshots);
        manyKindsOfFiles();
        publish();
        file("2@1763812345700-0.json", "{\"v\":\"text\"}");
        Files.delete(folder.resolve("b.json"));
        refresher.update();
        Files.delete(folder.resolve("ops@1763812345690-1.0123456789abcdef.ndjson"));
        publish();
        verification.writeParquet(2);
        assertThat(refresher.manifest().parts()).hasSizeGreaterThan(1);
        assertThat(verification.lines()).isEmpty();
    }

    @Test
    void manyRowsOfNestedValuesAreCastInSeveralBatches() throws Exception {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 40_000; i++) {
            rows.append("{\"id\":")
                    .append(i)
                    .append(",\"l\":[")
                    .append(i % 3 == 0 ? "" : "{\"k\":" + i + "},null")
                    .append("]}\n");
        }
        file("many.ndjson", rows.toString());
        refresher.update();
        verification.writeParquet(7_000);
        assertThat(verification.lines()).isEmpty();
    }

    @Test
    void aFileThatWasEditedInPlaceIsNamed() throws Exception {
        file("a.csv", "id,v\n1,1\n2,2\n3,3\n");
        file("b.csv", "id,v\n4,4\n");
        publish();
        file("a.csv", "id,v\n1,1\n2,20\n");
        Verdict verdict = verification.verdict();
        assertThat(where(verdict, Place.FILE)).containsExactly("a.csv");
        assertThat(where(verdict, Place.COLUMN)).containsExactly("id", "v");
        assertThat(where(verdict, Place.PART)).singleElement().asString().contains("part 1", "blob b");
        assertThat(verdict.differences().get(2).line())
                .startsWith("file\ta.csv\tof the 2 rows that it shows, 1 are not in the snapshot, which has 2 rows")
                .contains("CHANGE_DETECTION=stat");
        assertThat(refresher.snapshots.takeRepairRequest(refresher.manifest().table()))
                .isFalse();
    }

    @Test
    void columnsThatTheFilesDoNotAskForAnyMoreAreNamed() throws Exception {
        file("a.json", "{\"id\":1,\"v\":1,\"old\":1}");
        publish();
        file("a.json", "{\"id\":1,\"v\":1.5,\"new\":1}");
        assertThat(where(verification.verdict(), Place.SCHEMA))
                .containsExactlyInAnyOrder("column v", "column new", "column old");
    }

    @Test
    void aFileThatCanBeReadAndIsListedAsRefusedIsNamed() throws Exception {
        file("a.json", "{\"id\":1}");
        file("b.json", "{");
        publish();
        file("a.json", "{");
        file("b.json", "{\"id\":2}");
        assertThat(where(verification.verdict(), Place.REFUSED)).containsExactly("a.json", "b.json");
    }

    @Test
    void theKeptRowsOfAFileThatBecameUnreadableAreRowsOfTheFolder() throws Exception {
        file("a.csv", "id,v\n1,1\n2,2\n3,3\n");
        file("b.json", "{\"id\":4,\"v\":4.5}");
        publish();
        file("a.csv", "id,v\n1\n");
        file("2@1763812345678-0.json", "{\"v\":20}");
        publish();
        assertThat(refresher.manifest().refused()).hasSize(1);
        assertThat(refresher.manifest().rows()).isEqualTo(4);
        assertThat(verification.lines()).isEmpty();
    }

    @Test
    void aParquetFileThatIsNotWhatItsWriterNotedIsTold() throws Exception {
        file("a.csv", "id,v\n1,1\n");
        publish();
        Path note = new FolderLayout(temp).parquetChecksum(refresher.manifest().table());
        Files.createDirectories(note.getParent());
        FileChecksum.of(verification.parquet()).write(note);
        assertThat(verification.lines()).isEmpty();
        byte[] whole = Files.readAllBytes(verification.parquet());
        whole[whole.length - 30] ^= 1;
        Files.write(verification.parquet(), whole);
        assertThat(where(verification.verdict(), Place.PARQUET)).contains("orders.parquet");
    }

    @Test
    void whatTheServicesCatchUpWithIsNoDifference() throws Exception {
        file("a.json", "{\"id\":1}");
        publish();
        file("b.json", "{\"id\":2}");
        List<Object> pauses = new ArrayList<>();
        verification.pause = duration -> {
            pauses.add(duration);
            try {
                publish();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        };
        assertThat(verification.lines()).isEmpty();
        assertThat(pauses).hasSize(1);
    }

    @Test
    void queuedWritesAreWaitedFor() throws Exception {
        file("a.json", "{\"id\":1}");
        publish();
        long[] queued = {2};
        verification.queued = table -> queued[0];
        verification.pause = duration -> queued[0]--;
        assertThat(verification.lines()).isEmpty();
        assertThat(queued[0]).isZero();
        assertThat(verification.said).noneMatch(line -> line.contains("are queued"));
    }

    @Test
    void everyDamagedBlobIsNamedAndMendedByARepair() throws Exception {
        refresher.close();
        refresher = new Refresher(folder, new PlanParts(0, 2), Map.of());
        verification = new Verification(folder, refresher.snapshots);
        manyKindsOfFiles();
        publish();
        file("8@1763812345800-0.deleted", "");
        publish();
        for (int i = 0; i < refresher.manifest().allBlobs().size(); i++) {
            BlobRef blob = refresher.manifest().allBlobs().get(i);
            refresher.snapshots.damage(blob);
            Verdict verdict = verification.verdict();
            assertThat(where(verdict, Place.BLOB)).contains(blob.key());
            assertThat(where(verdict, Place.FILE)).isEmpty();
            refresher.update();
            verification.writeParquet(3);
            assertThat(verification.lines()).as(blob.key()).isEmpty();
        }
    }

    @Test
    void aDeletionVectorThatHidesAnotherRowIsNamedWithTheFileOfTheRow() throws Exception {
        file("a.csv", "id,v\n1,1\n2,2\n");
        file("b.csv", "id,v\n3,3\n");
        refresher.update();
        Manifest manifest = refresher.manifest();
        PartRef part = manifest.parts().get(0);
        BitSet hidden = new BitSet();
        hidden.set(2);
        BlobRef vector;
        try (RootAllocator allocator = new RootAllocator()) {
            vector = refresher
                    .snapshots
                    .stage(manifest.table(), List.of(new EncodedBlob(DeletionVector.encode(hidden, allocator), 1)))
                    .get(0);
        }
        PartRef forged = new PartRef(
                part.contentHash(), part.schema(), 3, 2, part.bytes(), part.blobs(), Optional.of(vector), part.books());
        forge(manifest, List.of(forged));
        verification.writeParquet(10);
        Verdict verdict = verification.verdict();
        assertThat(where(verdict, Place.FILE)).containsExactly("b.csv");
        assertThat(where(verdict, Place.PART))
                .containsExactly("part 1 (" + part.contentHash() + "), deletion vector " + vector.key());
        assertThat(where(verdict, Place.MANIFEST)).hasSize(1);
    }

    @Test
    void aPartWhoseRowsAreNotThoseOfItsContentHashIsNamed() throws Exception {
        file("a.csv", "id,v\n1,1\n2,2\n");
        refresher.update();
        Manifest manifest = refresher.manifest();
        PartRef part = manifest.parts().get(0);
        PartRef forged = new PartRef(
                "0".repeat(32), part.schema(), 2, 2, part.bytes(), part.blobs(), Optional.empty(), part.books());
        forge(manifest, List.of(forged));
        verification.writeParquet(10);
        assertThat(where(verification.verdict(), Place.PART)).containsExactly("part 1 (" + "0".repeat(32) + ")");
    }

    /** Publishes {@code manifest} with other parts, by a refresher that errs. */
    private void forge(Manifest manifest, List<PartRef> parts) {
        refresher.snapshots.publish(
                new Publication(
                        manifest.table(),
                        Optional.of(manifest),
                        manifest.format(),
                        manifest.schema(),
                        manifest.keyColumn(),
                        parts,
                        manifest.hiddenParts(),
                        manifest.files(),
                        manifest.rootHash(),
                        manifest.refused(),
                        Optional.empty(),
                        TypeBasis.NONE),
                new Lease(manifest.table(), "refresher", "token"));
    }

    @Test
    void aByteThatIsAlteredInAParquetPageIsNamedByRowGroupAndColumn() throws Exception {
        StringBuilder rows = new StringBuilder("id,v,note\n");
        for (int i = 0; i < 300; i++) {
            rows.append(i).append(',').append(i * 7).append(".5,n").append(i).append('\n');
        }
        file("a.csv", rows.toString());
        refresher.update();
        verification.writeParquet(100);
        assertThat(verification.lines()).isEmpty();
        byte[] whole = Files.readAllBytes(verification.parquet());
        for (int group = 0; group < 3; group++) {
            for (int column = 0; column < 3; column++) {
                byte[] altered = whole.clone();
                altered[middleOf(group, column)] ^= 4;
                Files.write(verification.parquet(), altered);
                Verdict verdict = verification.verdict();
                String name = List.of("id", "v", "note").get(column);
                assertThat(where(verdict, Place.PARQUET))
                        .containsExactly("orders.parquet, row group " + (group + 1) + ", column " + name);
                assertThat(refresher.snapshots.takeRepairRequest(
                                refresher.manifest().table()))
                        .isTrue();
                Files.write(verification.parquet(), whole);
            }
        }
    }

    private int middleOf(int group, int column) throws IOException {
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(verification.parquet()))) {
            ColumnChunkMetaData chunk =
                    reader.getRowGroups().get(group).getColumns().get(column);
            return (int) (chunk.getFirstDataPageOffset()
                    + (chunk.getStartingPos() + chunk.getTotalSize() - chunk.getFirstDataPageOffset()) * 2 / 3);
        }
    }

    @Test
    void aParquetFileWithOtherValuesUnderTheSameVersionIsNamed() throws Exception {
        file("a.csv", "id,v\n1,1\n2,2\n3,3\n4,4\n");
        refresher.update();
        Manifest first = refresher.manifest();
        Path other = Files.createDirectory(temp.resolve("other"));
        Files.writeString(other.resolve("a.csv"), "id,v\n1,1\n2,2\n3,3\n4,40\n");
        try (Refresher of = new Refresher(other)) {
            of.update();
            new Verification(other, of.snapshots).writeParquet(2, of.manifest(), first);
            assertNamed(temp.resolve("other.parquet"));
        }
    }

    private void assertNamed(Path file) throws Exception {
        Files.copy(file, verification.parquet());
        assertThat(where(verification.verdict(), Place.PARQUET))
                .contains("orders.parquet, row group 2, column v")
                .noneMatch(where -> where.contains("row group 1"));
    }

    @Test
    void aSortedParquetFileHasTheSameRowsInAnotherOrder() throws Exception {
        file("a.csv", "id,v\n1,1\n2,2\n3,3\n4,4\n5,5\n");
        refresher.update();
        verification.writeSortedParquet();
        assertThat(verification.lines()).isEmpty();
    }

    @Test
    void aParquetFileThatIsGoneOrCutOrBehindIsTold() throws Exception {
        file("a.csv", "id,v\n1,1\n2,2\n");
        publish();
        byte[] whole = Files.readAllBytes(verification.parquet());
        file("b.csv", "id,v\n3,3\n");
        refresher.update();
        assertThat(verification.lines()).isEmpty();
        assertThat(verification.verdict().notes())
                .singleElement()
                .asString()
                .contains("is of version 1, the snapshot of 2");
        Files.write(verification.parquet(), java.util.Arrays.copyOf(whole, whole.length / 2));
        assertThat(verification.lines()).singleElement().asString().contains("does not open");
        Files.delete(verification.parquet());
        assertThat(verification.lines()).singleElement().asString().contains("the file is not there");
    }

    @Test
    void aTableThatIsNotPublishedIsTold() throws Exception {
        file("a.csv", "id,v\n1,1\n");
        assertThat(where(verification.verdict(), Place.MANIFEST)).hasSize(1);
    }
}
