package io.ghala.refresher.index;

import static io.ghala.refresher.index.Rows.fresh;
import static io.ghala.refresher.index.Rows.plain;
import static io.ghala.refresher.index.Rows.showing;
import static io.ghala.refresher.index.Rows.write;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.refresher.index.FreshPart.ReadFile;
import io.ghala.refresher.rows.SourceRows;
import io.ghala.refresher.rows.SourceRows.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableIndexTest {
    private final TableIndex index = new TableIndex();

    private void comes(ReadFile... files) {
        index.change(Set.of(), fresh(List.of(files)));
    }

    private void goes(String... files) {
        index.change(Set.of(files), null);
    }

    @Test
    void plainRowsOfOneIdAllShow() {
        comes(plain("a.csv", "1", "1", "2"));
        comes(plain("b.csv", "1"));
        assertThat(showing(index)).containsExactly("a.csv", "a.csv", "a.csv", "b.csv");
    }

    @Test
    void aWriteHidesEveryPlainRowOfItsIdHoweverTheyCame() {
        comes(write("1@5", "1", 5, Kind.UPSERT));
        comes(plain("a.csv", "1", "1", "2"));
        assertThat(showing(index)).containsExactly("1@5", "a.csv");
        goes("1@5");
        assertThat(showing(index)).containsExactly("a.csv", "a.csv", "a.csv");
    }

    @Test
    void theWriteOfTheGreatestStreamIdWinsAndADeleteShowsNothing() {
        comes(plain("a.csv", "1"), write("1@7", "1", 7, Kind.UPSERT));
        comes(write("1@5", "1", 5, Kind.UPSERT));
        assertThat(showing(index)).containsExactly("1@7");
        comes(write("1@9", "1", 9, Kind.DELETE));
        assertThat(showing(index)).isEmpty();
        goes("1@9");
        assertThat(showing(index)).containsExactly("1@7");
        goes("1@7", "1@5");
        assertThat(showing(index)).containsExactly("a.csv");
    }

    @Test
    void theSameWriteInTwoFilesShowsOnceFromTheSmallerName() {
        comes(write("b@5", "1", 5, Kind.UPSERT));
        comes(write("a@5", "1", 5, Kind.UPSERT));
        assertThat(showing(index)).containsExactly("a@5");
        goes("a@5");
        assertThat(showing(index)).containsExactly("b@5");
    }

    @Test
    void aFileThatIsReadAgainTakesThePlaceOfItself() {
        comes(plain("a.csv", "1", "2"));
        index.change(Set.of("a.csv"), fresh(List.of(plain("a.csv", "3"))));
        assertThat(showing(index)).containsExactly("a.csv");
        assertThat(index.fileNames()).containsExactly("a.csv");
    }

    /** Histories of files that come and go, against the rule applied to the files that are there in the end. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void whatShowsFollowsFromTheFilesThatAreThereAlone(long seed) {
        Random random = new Random(seed);
        Map<String, ReadFile> there = new TreeMap<>();
        for (int step = 0; step < 60; step++) {
            Set<String> gone = new HashSet<>();
            there.keySet().stream().filter(file -> random.nextInt(8) == 0).forEach(gone::add);
            gone.forEach(there::remove);
            List<ReadFile> come = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                ReadFile file = file(random, seed + "." + step + "." + i);
                come.add(file);
                there.put(file.file().name(), file);
            }
            index.change(gone, come.isEmpty() ? null : fresh(come));
            assertThat(showing(index)).as("seed %d step %d", seed, step).isEqualTo(expected(there));
        }
    }

    private static ReadFile file(Random random, String name) {
        String id = Integer.toString(random.nextInt(6));
        if (random.nextBoolean()) {
            return plain("p" + name, id, Integer.toString(random.nextInt(6)));
        }
        Kind kind = random.nextInt(3) == 0 ? Kind.DELETE : Kind.UPSERT;
        // Two files never hold different writes of one stream id.
        long stream = random.nextInt(1000) * 100L + Integer.parseInt(id) * 2L + (kind == Kind.DELETE ? 1 : 0);
        return write("w" + name, id, stream, kind);
    }

    private static List<String> expected(Map<String, ReadFile> there) {
        Map<String, ReadFile> winners = new TreeMap<>();
        for (ReadFile file : there.values()) {
            for (SourceRows rows : file.sources()) {
                rows.op().ifPresent(op -> winners.merge(op.id().text(), file, TableIndexTest::greater));
            }
        }
        List<String> showing = new ArrayList<>();
        for (ReadFile file : there.values()) {
            for (SourceRows rows : file.sources()) {
                if (rows.op().isEmpty()) {
                    for (int row = 0; row < rows.rows(); row++) {
                        if (!winners.containsKey(
                                requireNonNull(rows.batch().column("id")).text(row))) {
                            showing.add(file.file().name());
                        }
                    }
                } else if (rows.op().get().kind() == Kind.UPSERT
                        && file.equals(winners.get(rows.op().get().id().text()))) {
                    showing.add(file.file().name());
                }
            }
        }
        showing.sort(null);
        return showing;
    }

    private static ReadFile greater(ReadFile one, ReadFile other) {
        int order = stream(one).compareTo(stream(other));
        if (order != 0) {
            return order > 0 ? one : other;
        }
        return one.file().name().compareTo(other.file().name()) < 0 ? one : other;
    }

    private static io.ghala.model.StreamId stream(ReadFile file) {
        return file.sources().get(0).op().orElseThrow().streamId();
    }
}
