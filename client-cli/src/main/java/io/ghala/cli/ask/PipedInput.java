package io.ghala.cli.ask;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Lines from a pipe or a file, without prompts. An interrupt ends the process as usual. */
final class PipedInput implements ShellInput {
    private final BufferedReader lines;

    PipedInput(InputStream in) {
        this.lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    @Override
    public Optional<String> next() {
        StringBuilder text = new StringBuilder();
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (text.toString().isBlank() && line.startsWith(".")) {
                    return Optional.of(line);
                }
                text.append(line).append('\n');
                if (StatementText.end(text.toString()) >= 0) {
                    return Optional.of(text.toString());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("standard input cannot be read: " + e.getMessage(), e);
        }
        return text.toString().isBlank() ? Optional.empty() : Optional.of(text.toString());
    }

    @Override
    public BooleanSupplier beginStatement() {
        return () -> false;
    }

    @Override
    public void close() {
        // Standard input stays open.
    }
}
