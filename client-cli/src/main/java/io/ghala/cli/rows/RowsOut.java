package io.ghala.cli.rows;

import io.ghala.query.SqlClient;
import io.ghala.query.SqlHeader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Takes the blocks of an answer to where its rows are printed. */
public final class RowsOut implements SqlClient.Sink {
    private final OutputStream out;
    private final BooleanSupplier cancelled;
    private final Optional<AlignedTable> table;
    private final StringBuilder text = new StringBuilder();
    private SqlHeader header = new SqlHeader(java.util.Map.of());

    public RowsOut(OutputForm form, int columns, OutputStream out, BooleanSupplier cancelled) {
        this.out = out;
        this.cancelled = cancelled;
        this.table = form.isTable() ? Optional.of(new AlignedTable(columns, text)) : Optional.empty();
    }

    @Override
    public void header(SqlHeader told) {
        header = told;
    }

    /** The versions that the rows come from; empty before the first block. */
    public SqlHeader header() {
        return header;
    }

    @Override
    public void block(byte[] bytes) {
        try {
            if (table.isEmpty()) {
                out.write(bytes);
                return;
            }
            for (List<Cell> row : CsvCells.rows(new String(bytes, StandardCharsets.UTF_8))) {
                table.get().row(row);
            }
            writeText();
        } catch (IOException e) {
            throw new UncheckedIOException("the rows cannot be written: " + e.getMessage(), e);
        }
    }

    public void end() throws IOException {
        if (table.isPresent()) {
            table.get().end();
            writeText();
        }
        out.flush();
    }

    private void writeText() throws IOException {
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        text.setLength(0);
    }

    @Override
    public boolean cancelled() {
        return cancelled.getAsBoolean();
    }
}
