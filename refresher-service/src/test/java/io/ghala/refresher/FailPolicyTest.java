package io.ghala.refresher;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.folder.ReferenceSchema;
import io.ghala.refresher.parts.PlanParts;
import io.ghala.snapshot.RefusedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The schema policy {@code fail}: what does not fit is refused and listed, whichever came first, and the rest stays
 * live.
 */
class FailPolicyTest {
    private static final Map<String, String> FAIL = Map.of("SCHEMA_EVOLUTION", "fail");

    @TempDir
    Path temp;

    private int folders;

    private Path folder() throws IOException {
        return Files.createDirectory(temp.resolve("t" + folders++));
    }

    private static Table refreshed(Path folder) throws IOException {
        try (Refresher refresher = new Refresher(folder, new PlanParts(), FAIL)) {
            refresher.update();
            return Table.of(refresher);
        }
    }

    private static List<String> refusedNames(Table table) {
        return table.refused().stream().map(RefusedFile::file).toList();
    }

    @Test
    void anOddFileIsRefusedWhetherItComesFirstOrLast() throws IOException {
        List<String> names = List.of("a.json", "b.json", "odd.json");
        List<String> contents = List.of("{\"id\":1,\"v\":1}", "{\"id\":2,\"v\":2}", "{\"id\":3,\"v\":\"text\"}");
        Path together = folder();
        for (int i = 0; i < 3; i++) {
            Files.writeString(together.resolve(names.get(i)), contents.get(i));
        }
        Table all = refreshed(together);
        assertThat(all.rows()).containsExactly("{\"id\":1,\"v\":1}", "{\"id\":2,\"v\":2}");
        assertThat(refusedNames(all)).containsExactly("odd.json");
        assertThat(all.refused().get(0).reason()).contains("'v'", "BIGINT", "text");

        Path later = folder();
        try (Refresher refresher = new Refresher(later, new PlanParts(), FAIL)) {
            for (int i = 0; i < 3; i++) {
                Files.writeString(later.resolve(names.get(i)), contents.get(i));
                refresher.update();
            }
            assertThat(Table.of(refresher)).isEqualTo(all);
        }
        assertThat(refreshed(later)).isEqualTo(all);
    }

    @Test
    void aFileWithAnotherColumnIsRefusedAndOneWithoutAColumnIsNot() throws IOException {
        Path folder = folder();
        Files.writeString(folder.resolve("a.csv"), "id,v\n1,x\n");
        Files.writeString(folder.resolve("b.json"), "{\"id\":2}");
        Files.writeString(folder.resolve("c.json"), "{\"id\":3,\"w\":null}");
        Table table = refreshed(folder);
        assertThat(table.rows()).containsExactly("{\"id\":1,\"v\":\"x\"}", "{\"id\":2,\"v\":null}");
        assertThat(refusedNames(table)).containsExactly("c.json");
        assertThat(table.refused().get(0).reason()).contains("'w'", ReferenceSchema.FILE);
    }

    @Test
    void pinnedTypesAreTheReference() throws IOException {
        Path folder = folder();
        Files.writeString(
                folder.resolve("_table.conf"), "schema = fail, types { id = VARCHAR, price = \"DECIMAL(5,2)\" }");
        Files.writeString(folder.resolve("a.json"), "{\"id\":1,\"price\":1.5}");
        Files.writeString(folder.resolve("b.json"), "{\"id\":2,\"price\":1.555}");
        try (Refresher refresher = new Refresher(folder)) {
            refresher.update();
            Table table = Table.of(refresher);
            assertThat(table.rows()).containsExactly("{\"id\":\"1\",\"price\":1.50}");
            assertThat(refusedNames(table)).containsExactly("b.json");
        }
    }

    @Test
    void anEditedReferenceLetsRefusedFilesIn() throws IOException {
        Path folder = folder();
        Files.writeString(folder.resolve("a.json"), "{\"id\":1}");
        try (Refresher refresher = new Refresher(folder, new PlanParts(), FAIL)) {
            refresher.update();
            Files.writeString(folder.resolve("b.json"), "{\"id\":\"x\"}");
            refresher.update();
            assertThat(refusedNames(Table.of(refresher))).containsExactly("b.json");
            String schema = Files.readString(folder.resolve(ReferenceSchema.FILE));
            Files.writeString(folder.resolve(ReferenceSchema.FILE), schema.replace("BIGINT", "VARCHAR"));
            refresher.update();
            Table table = Table.of(refresher);
            assertThat(table.refused()).isEmpty();
            assertThat(table.rows()).isEqualTo(List.of("{\"id\":\"1\"}", "{\"id\":\"x\"}"));
        }
    }

    @Test
    void theUnionPolicyTakesNoNoticeOfAReference() throws IOException {
        Path folder = folder();
        Files.writeString(folder.resolve(ReferenceSchema.FILE), "not even JSON");
        Files.writeString(folder.resolve("a.json"), "{\"id\":1}");
        assertThat(Table.cold(folder).rows()).isEqualTo(Collections.singletonList("{\"id\":1}"));
    }
}
