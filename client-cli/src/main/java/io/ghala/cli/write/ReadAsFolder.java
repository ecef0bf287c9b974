package io.ghala.cli.write;

import io.ghala.cli.session.CommandFailedException;
import io.ghala.cli.session.RunningStack;
import io.ghala.cli.stack.Stack;
import io.ghala.model.TableName;
import io.ghala.service.Utf8Locale;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Rows of a file by the very code that reads the folder, in a process of the refresher's jar: the same forms, dialects,
 * encodings and refusals. The settings of the table count, where its folder is at hand.
 */
final class ReadAsFolder {
    private ReadAsFolder() {}

    /**
     * Reads the file and hands over its rows, which count from 1.
     *
     * @throws CommandFailedException when it cannot be taken, saying why; then none of its rows was handed over
     */
    static void read(TableName table, Path file, ImportRows.Sink sink) throws IOException, InterruptedException {
        Path reasons = Files.createTempFile("ghala-import-", ".txt");
        try {
            ProcessBuilder builder = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "@" + Stack.jars().resolve("service.options"),
                            "--add-opens=java.base/java.nio=ALL-UNNAMED",
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            Stack.jars().resolve("refresher-service.jar").toString(),
                            "io.ghala.refresher.print.PrintRowsMain",
                            table.value(),
                            file.toString()))
                    .redirectError(reasons.toFile());
            builder.environment().putAll(Utf8Locale.forChild());
            builder.environment().putAll(RunningStack.environment(System.getenv()));
            Process process = builder.start();
            process.getOutputStream().close();
            try (BufferedReader rows =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                long number = 0;
                for (String row = rows.readLine(); row != null; row = rows.readLine()) {
                    sink.row(++number, row);
                }
            } finally {
                process.destroy();
            }
            if (process.waitFor() != 0) {
                List<String> told = Files.readAllLines(reasons, StandardCharsets.UTF_8);
                throw new CommandFailedException(
                        file + ": " + (told.isEmpty() ? "its reader failed" : told.get(told.size() - 1)));
            }
        } finally {
            Files.deleteIfExists(reasons);
        }
    }
}
