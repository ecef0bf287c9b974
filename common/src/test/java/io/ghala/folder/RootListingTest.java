package io.ghala.folder;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.config.GhalaConfig.TableSelection;
import io.ghala.model.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootListingTest {
    private static final TableSelection ALL = new TableSelection(Set.of());

    @TempDir
    Path root;

    private Map<String, String> unserved(TableSelection selection) throws IOException {
        Map<String, String> reasons = new TreeMap<>();
        RootListing.of(root, selection).unserved().forEach(entry -> reasons.put(entry.name(), entry.reason()));
        return reasons;
    }

    @Test
    void foldersWithTableNamesAreTablesAndTheirParquetFilesAndHiddenThingsAreNoNews() throws IOException {
        for (String folder : new String[] {"orders", "select", ".ghala", "_queries", "a.tmp"}) {
            Files.createDirectory(root.resolve(folder));
        }
        for (String file : new String[] {"orders.parquet", ".hidden.csv", "_x.csv", "half.csv.part", "~.csv~"}) {
            Files.createFile(root.resolve(file));
        }
        RootListing listing = RootListing.of(root, ALL);
        assertThat(listing.tables()).containsExactlyInAnyOrder(new TableName("orders"), new TableName("select"));
        assertThat(listing.unserved()).isEmpty();
    }

    @Test
    void everythingElseIsToldWithWhatToDo() throws IOException {
        for (String folder : new String[] {"Orders", "My Table", "2026", "données", "___", "???"}) {
            Files.createDirectory(root.resolve(folder));
        }
        for (String file : new String[] {"flat.csv", "Report 1.xlsx", "other.parquet", "orders"}) {
            Files.createFile(root.resolve(file));
        }
        Files.createSymbolicLink(root.resolve("linked"), Files.createTempDirectory(root, "_elsewhere"));
        Map<String, String> reasons = unserved(ALL);
        assertThat(reasons)
                .containsOnlyKeys(
                        "Orders",
                        "My Table",
                        "2026",
                        "données",
                        "???",
                        "flat.csv",
                        "Report 1.xlsx",
                        "other.parquet",
                        "orders",
                        "linked");
        assertThat(reasons.get("Orders")).endsWith("for example to orders");
        assertThat(reasons.get("My Table")).endsWith("for example to my_table");
        assertThat(reasons.get("2026")).endsWith("for example to t_2026");
        assertThat(reasons.get("données")).endsWith("for example to donn_es");
        assertThat(reasons.get("???")).endsWith(": rename the folder");
        assertThat(reasons.get("flat.csv")).endsWith("for example flat/flat.csv");
        assertThat(reasons.get("other.parquet")).endsWith("for example other/other.parquet");
        assertThat(reasons.get("Report 1.xlsx")).contains("no data that Ghala reads");
        assertThat(reasons.get("orders")).contains("no data that Ghala reads");
        assertThat(reasons.get("linked")).contains("a link");
    }

    @Test
    void aTableThatSomebodyNamedAndThatIsNotThereIsTold() throws IOException {
        Files.createDirectory(root.resolve("orders"));
        Map<String, String> reasons =
                unserved(new TableSelection(Set.of(new TableName("orders"), new TableName("nosuch"))));
        assertThat(reasons).containsOnlyKeys("nosuch");
        assertThat(reasons.get("nosuch")).contains("TABLE names it");
    }
}
