package io.ghala.endtoend;

import static io.ghala.endtoend.GhalaProcesses.PARQUET;
import static io.ghala.endtoend.GhalaProcesses.QUERY;
import static io.ghala.endtoend.GhalaProcesses.REFRESHER;
import static io.ghala.endtoend.GhalaProcesses.WORKER;
import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.endtoend.GhalaProcesses.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line as a process: what it prints where, and with which exit code it ends. */
class CommandLineIT {
    private static GhalaProcesses ghala;

    @BeforeAll
    static void open() throws Exception {
        ghala = new GhalaProcesses();
        ghala.file("orders/a.csv", "id,note,v\n1,first,1.5\n2,,2.5\n");
        ghala.file("people/a.csv", "id,name\n1,Ann\n");
        ghala.startAndAwait(REFRESHER, WORKER, QUERY, PARQUET);
        ghala.await(
                "loaded",
                () -> ghala.rows("SELECT count(*) FROM orders, people").get(0).equals("2"));
        ghala.await("written", () -> Files.exists(ghala.root().resolve("people.parquet")));
    }

    @AfterAll
    static void close() throws Exception {
        ghala.close();
    }

    @Test
    void rowsGoToStandardOutputAndTheRestToStandardError() throws Exception {
        Ran json = ghala.cli("", "sql", "SELECT id, note, v FROM orders WHERE id < 3 ORDER BY id");
        assertThat(json.out()).isEqualTo("""
                [{"id":1,"note":"first","v":1.5},
                {"id":2,"note":null,"v":2.5}]
                """);
        assertThat(json.err()).contains("2 rows in ").contains("; orders version ");
        assertThat(json.code()).isZero();
        assertThat(ghala.cli(
                                "",
                                "sql",
                                "SELECT id, note, v FROM orders WHERE id < 3 ORDER BY id",
                                "--format",
                                "table",
                                "-q")
                        .out())
                .isEqualTo("""
                        id | note  |   v
                        ---+-------+----
                         1 | first | 1.5
                         2 | NULL  | 2.5
                        """);
    }

    @Test
    void aFileOfRowsAppearsOnlyWhenItIsWhole(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("rows.csv");
        assertThat(ghala.cli("", "sql", "SELECT nope FROM orders", "-o", file.toString())
                        .code())
                .isEqualTo(2);
        assertThat(folder).isEmptyDirectory();
        assertThat(ghala.cli(
                                "",
                                "sql",
                                "SELECT id FROM orders WHERE id < 3 ORDER BY id",
                                "--format",
                                "csv",
                                "-o",
                                file.toString())
                        .code())
                .isZero();
        assertThat(file).hasContent("id\n1\n2\n");
    }

    @Test
    void aStatementWaitsForTheWritesOfSeveralTables() throws Exception {
        ghala.await(
                "open",
                () -> ghala.redis().client().exists("ghala:{people}:epoch")
                        && ghala.redis().client().exists("ghala:{orders}:epoch"));
        String order = ghala.cli("", "upsert", "orders", "7", "{\"v\":7}").out().strip();
        String person = ghala.cli("", "upsert", "people", "7", "{\"name\":\"Bo\"}")
                .out()
                .strip();
        Ran joined = ghala.cli(
                "",
                "sql",
                "SELECT name, v FROM orders JOIN people USING (id) WHERE id = 7",
                "--format",
                "csv",
                "--after",
                "orders=" + order,
                "--after",
                "people=" + person);
        assertThat(joined.out()).as(joined.err()).isEqualTo("name,v\r\nBo,7.0\r\n");
    }

    @Test
    void wrongUsageEndsWithTwoAndFailureWithOne() throws Exception {
        for (String[] wrong : new String[][] {
            {},
            {"nope"},
            {"sql"},
            {"sql", "SELECT 1", "--format", "xml"},
            {"sql", "SELECT 1", "--timeout", "-1"},
            {"sql", "SELECT 1", "--after", "x"},
            {"sql", "SELEC 1"},
            {"schema", "No Table"}
        }) {
            Ran ran = ghala.cli("", wrong);
            assertThat(ran.code()).as(String.join(" ", wrong) + ran.err()).isEqualTo(2);
            assertThat(ran.out()).isEmpty();
            assertThat(ran.err()).isNotBlank();
        }
        for (String[] failing : new String[][] {
            {"sql", "SELECT * FROM nope"}, {"sql", "DROP TABLE orders"}, {"schema", "nope"}, {"errors", "nope"}
        }) {
            Ran ran = ghala.cli("", failing);
            assertThat(ran.code()).as(String.join(" ", failing) + ran.err()).isEqualTo(1);
            assertThat(ran.err()).startsWith("ghala: ").doesNotContain("Exception");
        }
    }

    @Test
    void everyCommandExplainsItself() throws Exception {
        for (String command :
                new String[] {"up", "demo", "upsert", "delete", "sql", "shell", "tables", "schema", "status", "errors"
                }) {
            Ran help = ghala.cli("", command, "--help");
            assertThat(help.code()).as(command).isZero();
            assertThat(help.out()).as(command).contains("Usage: ghala ");
        }
    }

    @Test
    void theShellTakesStatementsFromAPipe() throws Exception {
        Ran ran = ghala.cli(
                ".tables\n.format csv\nSELECT id\n  FROM people -- ;\n  WHERE id = 1; SELECT ';' AS x;\n.schema people\n.nope\nSELECT nope;\n.quit\nSELECT 5;\n",
                "shell");
        assertThat(ran.out())
                .startsWith("orders\t")
                .contains("id\r\n1\r\nx\r\n;\r\n")
                .endsWith("id\tBIGINT\ta.csv\nname\tVARCHAR\ta.csv\n");
        assertThat(ran.err()).contains("there is no command .nope").contains("nope");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ghala.cli("SELECT 1 AS n", "shell", "--format", "ndjson").out())
                .isEqualTo("{\"n\":1}\n");
    }

    @Test
    void statusTellsOfEveryServiceAndTable() throws Exception {
        ghala.await("the file is noted", () -> ghala.cli("", "status").out().contains("parquet same version"));
        String status = ghala.cli("", "status").out();
        assertThat(status)
                .contains("query-service\t")
                .contains("refresher-service\t")
                .contains("ready")
                .containsPattern(
                        "people\tversion \\d+\tage \\d+ s\trows \\d+\tfiles \\d+\trefused 0\twarnings 0\tqueued");
    }

    @Test
    void aRedisThatIsNotThereIsNamed() throws Exception {
        Ran ran = ghala.cli("", java.util.Map.of("REDIS_URL", "redis://127.0.0.1:1"), "sql", "SELECT 1");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("redis://127.0.0.1:1").contains("REDIS_URL");
        assertThat(ghala.cli("", java.util.Map.of("HTTP_BIND", "0.0.0.0"), "tables")
                        .code())
                .isEqualTo(2);
    }
}
