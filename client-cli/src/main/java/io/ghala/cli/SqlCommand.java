package io.ghala.cli;

import io.ghala.model.Excerpt;
import io.ghala.model.InvalidValueException;
import io.ghala.model.WriteToken;
import io.ghala.query.ResultFormat;
import io.ghala.query.SqlClient;
import io.ghala.query.SqlHeader;
import io.ghala.query.SqlRequest;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks a query-service and prints its answer. */
@Command(name = "sql", description = "Run a SELECT over the tables and print the rows.")
final class SqlCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "STATEMENT",
            arity = "1..2",
            description = "The SELECT; a table's name may stand before it.")
    private String[] words = {};

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "json, ndjson, csv or arrow (default SQL_OUTPUT_FORMAT).")
    private @Nullable String format;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write the rows to FILE.")
    private @Nullable Path output;

    @Option(
            names = "--after",
            paramLabel = "TOKEN",
            description = "Wait until the table holds the write of this token.")
    private @Nullable String after;

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "Seconds for waiting and running together.")
    private @Nullable Double timeout;

    @Override
    public Integer call() throws IOException {
        if (output == null) {
            ask(System.out);
        } else {
            try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(output))) {
                ask(file);
            }
        }
        return 0;
    }

    private void ask(OutputStream out) throws IOException {
        try (Session session = Session.open(System.getenv())) {
            SqlRequest request = new SqlRequest(
                    words[words.length - 1],
                    format == null ? session.config().query().outputFormat() : format(format),
                    Optional.ofNullable(after).map(WriteToken::parse),
                    Map.of(),
                    Optional.empty(),
                    timeout == null
                            ? session.config().query().timeout()
                            : Duration.ofMillis(Math.round(timeout * 1000)));
            session.sql().ask(request, new SqlClient.Sink() {
                @Override
                public void header(SqlHeader header) {
                    // The rows alone go to standard output.
                }

                @Override
                public void block(byte[] bytes) {
                    try {
                        out.write(bytes);
                    } catch (IOException e) {
                        throw new UncheckedIOException("the rows cannot be written", e);
                    }
                }
            });
            out.flush();
        }
    }

    private static ResultFormat format(String text) {
        for (ResultFormat format : ResultFormat.values()) {
            if (format.label().equals(text)) {
                return format;
            }
        }
        throw new InvalidValueException("format '" + Excerpt.of(text) + "' is not one of json, ndjson, csv, arrow");
    }
}
