package io.ghala.cli.look;

import io.ghala.cli.session.RunningStack;
import io.ghala.cli.stack.Stack;
import io.ghala.config.ConfigLoader;
import io.ghala.model.TableName;
import io.ghala.service.Utf8Locale;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Runs a verification, which needs the folder and its readers, as a process of the refresher's jar. */
@Command(
        name = "verify",
        description =
                "Read the folder of TABLE anew and compare it with the snapshot and the Parquet file; needs DB_ROOT.")
public final class VerifyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "TABLE")
    private String table = "";

    @Override
    public Integer call() throws IOException, InterruptedException {
        TableName name = new TableName(table);
        ConfigLoader.of(System.getenv()).load(0);
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "@" + Stack.jars().resolve("service.options"),
                        "--add-opens=java.base/java.nio=ALL-UNNAMED",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        Stack.jars().resolve("refresher-service.jar").toString(),
                        "io.ghala.refresher.verify.VerifyMain",
                        name.value()))
                .inheritIO();
        builder.environment().putAll(Utf8Locale.forChild());
        builder.environment().putAll(RunningStack.environment(System.getenv()));
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "stop-verify"));
        return process.waitFor();
    }
}
