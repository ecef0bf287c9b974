package io.ghala.refresher;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.folder.FileNotice;
import io.ghala.folder.FileNotice.Kind;
import io.ghala.folder.ReadAnew;
import io.ghala.folder.ReadAnew.Which;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people do to a folder that the list of its names does not tell. */
class HandMadeChangesTest {
    @TempDir
    Path root;

    private Path folder;
    private long edits;

    @BeforeEach
    void make() throws IOException {
        folder = Files.createDirectory(root.resolve("t"));
    }

    /** Writes a file whose time is another one than that of any edit before, and old enough to be whole. */
    private void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        Files.setLastModifiedTime(
                path, FileTime.from(Instant.parse("2026-01-01T00:00:00Z").plusSeconds(++edits)));
    }

    private void remove(String file) throws IOException {
        Files.walkFileTree(folder.resolve(file), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
                Files.delete(path);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path path, IOException failure) throws IOException {
                Files.delete(path);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Until the refresher sees no reason to look again. */
    private static void follow(Refresher refresher) throws IOException {
        for (int look = 0; look < 4; look++) {
            refresher.update();
        }
    }

    private static List<String> told(Refresher refresher) {
        return refresher.notices().stream()
                .map(notice -> notice.kind().label() + " " + notice.file())
                .toList();
    }

    @Test
    void aFileThatBecomesAFolderOfItsNameAndBackIsFollowed() throws IOException {
        write("a.csv", "id,v\n1,old\n");
        write("b.csv", "id,v\n2,stays\n");
        try (Refresher refresher = Table.files(folder)) {
            follow(refresher);
            remove("a.csv");
            write("a.csv/part-0.csv", "id,v\n1,new\n");
            follow(refresher);
            assertThat(Table.of(refresher)).isEqualTo(Table.cold(folder));
            assertThat(Table.of(refresher).rows()).hasSize(2).anyMatch(row -> row.contains("new"));

            remove("a.csv");
            write("a.csv", "id,v\n1,back\n");
            follow(refresher);
            assertThat(Table.of(refresher)).isEqualTo(Table.cold(folder));
            assertThat(Table.of(refresher).rows()).hasSize(2).anyMatch(row -> row.contains("back"));
        }
    }

    @Test
    void aFileThatWasEditedInPlaceIsToldAndReadAnewOnDemand() throws IOException {
        write("a.csv", "id,v\n1,old\n");
        write("it's/b.csv", "id,v\n2,old\n");
        write("c.csv", "id,v\n3,old\n");
        try (Refresher refresher = Table.files(folder)) {
            follow(refresher);
            refresher.waitUntilNothingIsWatched();
            assertThat(refresher.notices()).isEmpty();
            write("a.csv", "id,v\n1,new\n");
            write("it's/b.csv", "id,v\n2,new\n");
            follow(refresher);
            assertThat(told(refresher)).containsExactly("edited a.csv", "edited it's/b.csv");
            assertThat(refresher.notices().get(0).reason())
                    .contains("ghala refresh t 'a.csv'", "CHANGE_DETECTION=stat", "as they were before");
            assertThat(Table.of(refresher).rows()).noneMatch(row -> row.contains("new"));

            refresher.ask(new ReadAnew(Which.NAMED, Set.of("a.csv", "nosuch.csv")));
            follow(refresher);
            assertThat(told(refresher)).containsExactly("edited it's/b.csv");
            assertThat(Table.of(refresher).rows())
                    .filteredOn(row -> row.contains("new"))
                    .hasSize(1);

            refresher.ask(new ReadAnew(Which.MOVED, Set.of()));
            follow(refresher);
            assertThat(refresher.notices()).isEmpty();
            assertThat(Table.of(refresher)).isEqualTo(Table.cold(folder));
        }
    }

    @Test
    void everyFileIsReadAnewOnDemandAlsoOneThatLooksTheSame() throws IOException {
        write("a.csv", "id,v\n1,old\n");
        FileTime time = Files.getLastModifiedTime(folder.resolve("a.csv"));
        try (Refresher refresher = Table.files(folder)) {
            follow(refresher);
            refresher.waitUntilNothingIsWatched();
            Files.writeString(folder.resolve("a.csv"), "id,v\n1,new\n");
            Files.setLastModifiedTime(folder.resolve("a.csv"), time);
            follow(refresher);
            assertThat(refresher.notices()).isEmpty();
            refresher.ask(new ReadAnew(Which.ALL, Set.of()));
            follow(refresher);
            assertThat(Table.of(refresher).rows()).singleElement().asString().contains("new");
        }
    }

    @Test
    void aSlipInTheSettingsLeavesTheFormerOnesInForceAlsoForWhoBeginsFromNothing() throws IOException {
        write("a.csv", "k;v\n1;x\n");
        write("_table.conf", "key = k\ncsv { delimiter = \";\" }\n");
        try (Refresher refresher = Table.files(folder)) {
            follow(refresher);
            Table good = Table.of(refresher);
            assertThat(good.rows()).hasSize(1);
            for (String slip : List.of(
                    "csv { delimiter = ",
                    "colour = red",
                    "types { v = NOSUCH }",
                    "csv.quote = long",
                    "schema = perhaps")) {
                write("_table.conf", slip);
                write("b" + edits + ".csv", "k;v\n" + edits + ";y\n");
                follow(refresher);
                assertThat(told(refresher)).as(slip).containsExactly("settings _table.conf");
                FileNotice notice = refresher.notices().get(0);
                assertThat(notice.kind()).isEqualTo(Kind.SETTINGS);
                assertThat(notice.reason())
                        .doesNotContain("String", "Exception", "\n")
                        .endsWith("until it is mended");
                assertThat(Table.of(refresher)).as(slip).isEqualTo(Table.cold(folder));
            }
            assertThat(Table.of(refresher).rows()).hasSize(6);
            Files.write(folder.resolve("_table.conf"), new byte[] {(byte) 0xff, (byte) 0xfe, 'x'});
            follow(refresher);
            assertThat(refresher.notices().get(0).reason()).contains("UTF-8");

            write("_table.conf", "key = v\ncsv { delimiter = \";\" }\n");
            follow(refresher);
            assertThat(refresher.notices()).isEmpty();
            assertThat(Table.of(refresher)).isEqualTo(Table.cold(folder));
        }
    }

    @Test
    void aFolderThatCannotBeListedIsToldAndKeepsItsRows() throws IOException, InterruptedException {
        write("a.csv", "id,v\n1,x\n");
        // Deeper than any path that the system takes.
        Process deep = new ProcessBuilder(
                        "sh",
                        "-c",
                        "i=0; d=$(printf 'd%.0s' $(seq 200)); while [ $i -lt 25 ]; do mkdir $d && cd -P $d || exit 1; i=$((i+1)); done; echo 'id' > deep.csv")
                .directory(folder.toFile())
                .inheritIO()
                .start();
        assertThat(deep.waitFor()).isZero();
        try (Refresher refresher = Table.files(folder)) {
            follow(refresher);
            write("b.csv", "id,v\n2,y\n");
            follow(refresher);
            assertThat(Table.of(refresher).rows()).hasSize(2);
            assertThat(told(refresher)).singleElement().asString().startsWith("unreadable ddd");
        } finally {
            Process clean = new ProcessBuilder("rm", "-rf", folder.toString()).start();
            assertThat(clean.waitFor()).isZero();
        }
    }

    /** Moves that leave the names as they were, between files and folders; the folder as it is counts in the end. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void anyMovesOfNamesComeToTheTableThatAColdStartMakes(long seed) throws IOException {
        Random random = new Random(seed);
        Map<String, String> environment = new TreeMap<>(Map.of("CHANGE_DETECTION", "stat"));
        try (Refresher refresher = new Refresher(folder, new io.ghala.refresher.parts.PlanParts(), environment)) {
            List<String> names = List.of("a.csv", "A.csv", "b.csv", "B.CSV", "c.json");
            for (int step = 0; step < 30; step++) {
                String at = "seed " + seed + " step " + step;
                move(random, names);
                follow(refresher);
                assertThat(Table.of(refresher)).as(at).isEqualTo(Table.cold(folder));
            }
        }
    }

    private void move(Random random, List<String> names) throws IOException {
        String name = names.get(random.nextInt(names.size()));
        String other = names.get(random.nextInt(names.size()));
        Path path = folder.resolve(name);
        switch (random.nextInt(6)) {
            case 0 -> {
                if (Files.exists(path)) {
                    remove(name);
                }
                write(name, content(name, random));
            }
            case 1 -> {
                if (Files.exists(path)) {
                    remove(name);
                }
                write(name + "/" + other, content(other, random));
            }
            case 2 -> swap(name, other);
            case 3 -> {
                if (Files.isRegularFile(path) && !Files.isDirectory(folder.resolve(other))) {
                    Files.move(path, folder.resolve(other), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            case 4 -> {
                if (Files.isRegularFile(path)) {
                    write(name, content(name, random));
                }
            }
            default -> {
                if (Files.exists(path)) {
                    remove(name);
                }
            }
        }
    }

    private void swap(String one, String other) throws IOException {
        Path first = folder.resolve(one);
        Path second = folder.resolve(other);
        if (!one.equals(other) && Files.exists(first) && Files.exists(second)) {
            Path between = folder.resolve("_between");
            Files.move(first, between);
            Files.move(second, first);
            Files.move(between, second);
        }
    }

    private static String content(String name, Random random) {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            int id = random.nextInt(6);
            rows.add(
                    name.endsWith(".json")
                            ? "{\"id\":" + id + ",\"v\":" + random.nextInt(9) + "}"
                            : id + "," + random.nextInt(9));
        }
        return (name.endsWith(".json") ? "" : "id,v\n") + String.join("\n", rows) + "\n";
    }
}
