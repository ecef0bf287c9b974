package io.ghala.endtoend;

import static io.ghala.endtoend.GhalaProcesses.QUERY;
import static io.ghala.endtoend.GhalaProcesses.REFRESHER;
import static io.ghala.endtoend.GhalaProcesses.WORKER;
import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.endtoend.GhalaProcesses.Ran;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Everything under {@code LC_ALL=C}, as cron and slim images have it. What is not ASCII is made by the shell. */
class LocaleIT {
    private static GhalaProcesses ghala;

    @BeforeAll
    static void start() throws Exception {
        ghala = new GhalaProcesses().with("LC_ALL", "C");
        shell("mkdir orders && printf 'id,n\\n1,caf\\303\\251\\n' > \"orders/$(printf '\\303\\251').csv\"");
        ghala.startAndAwait(REFRESHER, WORKER, QUERY);
    }

    @AfterAll
    static void stop() throws Exception {
        ghala.close();
    }

    private static Ran shell(String script) throws IOException, InterruptedException {
        Path err = Files.createTempFile(ghala.root().getParent(), "err-", ".txt");
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", script)
                .directory(ghala.root().toFile())
                .redirectError(err.toFile());
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("DB_ROOT", ghala.root().toString());
        builder.environment().put("REDIS_URL", ghala.redis().url());
        builder.environment().put("PATH", System.getProperty("java.home") + "/bin:" + System.getenv("PATH"));
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ran(out, Files.readString(err), process.exitValue());
    }

    private static String launcher() {
        return Path.of(System.getProperty("ghala.dist")).resolveSibling("ghala").toString();
    }

    private static String sql(String sql) throws IOException, InterruptedException {
        Ran ran = ghala.cli("", "sql", sql, "--format", "csv");
        assertThat(ran.code()).as(ran.err()).isZero();
        return ran.out();
    }

    @Test
    void filesAreReadWhateverTheirNameHolds() throws Exception {
        Awaitility.await()
                .until(() -> sql("SELECT n FROM orders WHERE id = '1'").contains("café"));
    }

    @Test
    void whatTheLauncherTakesIsStoredAsGiven() throws Exception {
        Ran ran = shell(
                launcher()
                        + " upsert orders \"$(printf '\\303\\2741')\" \"$(printf '{\"n\":\"\\303\\237\"}')\" --wait --allow-type-change");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(sql("SELECT n FROM orders WHERE id = chr(252) || '1'")).isEqualTo("n\r\nß\r\n");
    }

    @Test
    void whatComesBrokenIsRefusedAndNotStored() throws Exception {
        String java = System.getProperty("java.home") + "/bin/java";
        String jar = Path.of(System.getProperty("ghala.dist"), "client-cli.jar").toString();
        Ran withoutLocale = shell(java + " -jar " + jar + " upsert orders \"$(printf '\\303\\2742')\" '{\"n\":\"q\"}'");
        assertThat(withoutLocale.code()).isEqualTo(2);
        assertThat(withoutLocale.err()).contains("LC_ALL=C.UTF-8");
        Ran latin = shell(launcher() + " upsert orders \"$(printf '\\3643')\" '{\"n\":\"q\"}'");
        assertThat(latin.code()).isEqualTo(2);
        assertThat(latin.err()).contains("not UTF-8");
        assertThat(sql("SELECT count(*) AS n FROM orders WHERE n = 'q'")).isEqualTo("n\r\n0\r\n");
    }

    @Test
    void aNameInAnotherEncodingIsListedAndMakesNoVersions() throws Exception {
        Awaitility.await().until(() -> ghala.redis().client().exists("ghala:{orders}:manifest"));
        shell("printf '{\"id\":\"9\"}' > \"orders/$(printf 'lat\\351').json\"");
        Awaitility.await().until(() -> ghala.cli("", "errors", "orders").out().contains("not UTF-8"));
        String manifest = ghala.redis().client().get("ghala:{orders}:manifest");
        String looked = ghala.redis().client().get("ghala:{orders}:looked");
        Awaitility.await("the folder is looked at again")
                .until(() -> !looked.equals(ghala.redis().client().get("ghala:{orders}:looked")));
        assertThat(ghala.redis().client().get("ghala:{orders}:manifest")).isEqualTo(manifest);
        shell("printf 'id,n\\n8,z\\n' > orders/later.csv");
        Awaitility.await()
                .until(() -> sql("SELECT n FROM orders WHERE id = '8'").contains("z"));
        assertThat(sql("SELECT count(*) AS n FROM orders WHERE id = '9'")).isEqualTo("n\r\n0\r\n");
    }
}
