package io.ghala.queryservice.run;

import io.ghala.model.ResultFormat;
import io.ghala.snapshot.text.CsvRowText;
import io.ghala.snapshot.text.JsonRowText;
import io.ghala.snapshot.text.Utf8Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;

/** Renders batches of rows as blocks of bytes in the requested format. */
final class RowBlocks {
    private static final int BLOCK_BYTES = 256 * 1024;

    private final Answer answer;
    private final Bounds bounds;
    private long rows;
    private long bytes;

    RowBlocks(Answer answer, Bounds bounds) {
        this.answer = answer;
        this.bounds = bounds;
    }

    /** Bounds on an answer. */
    record Bounds(long maxRows, long maxBytes) {}

    /** Sends all rows of {@code reader}; returns how many there were. */
    long send(ArrowReader reader, ResultColumns columns, ResultFormat format) throws IOException {
        switch (format) {
            case JSON, NDJSON -> json(reader, columns, format);
            case CSV -> csv(reader, columns);
            case ARROW -> arrow(reader);
        }
        return rows;
    }

    private void json(ArrowReader reader, ResultColumns columns, ResultFormat format) throws IOException {
        boolean array = format == ResultFormat.JSON;
        Utf8Buffer out = new Utf8Buffer();
        if (array) {
            out.ascii('[');
        }
        VectorSchemaRoot root = reader.getVectorSchemaRoot();
        boolean first = true;
        while (reader.loadNextBatch()) {
            JsonRowText text = new JsonRowText(root.getFieldVectors(), columns.shapes());
            for (int row = 0; row < root.getRowCount(); row++) {
                if (array && !first) {
                    out.ascii(',').ascii('\n');
                }
                first = false;
                text.append(row, out);
                if (!array) {
                    out.ascii('\n');
                }
                countRow();
                flush(out, BLOCK_BYTES);
            }
        }
        if (array) {
            out.ascii(']').ascii('\n');
        }
        flush(out, 1);
    }

    private void csv(ArrowReader reader, ResultColumns columns) throws IOException {
        Utf8Buffer out = new Utf8Buffer();
        CsvRowText.header(columns.names(), out);
        VectorSchemaRoot root = reader.getVectorSchemaRoot();
        while (reader.loadNextBatch()) {
            CsvRowText text = new CsvRowText(root.getFieldVectors(), columns.shapes());
            for (int row = 0; row < root.getRowCount(); row++) {
                text.append(row, out);
                countRow();
                flush(out, BLOCK_BYTES);
            }
        }
        flush(out, 1);
    }

    private void arrow(ArrowReader reader) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        VectorSchemaRoot root = reader.getVectorSchemaRoot();
        try (ArrowStreamWriter writer = new ArrowStreamWriter(root, null, Channels.newChannel(out))) {
            writer.start();
            while (reader.loadNextBatch()) {
                writer.writeBatch();
                rows += root.getRowCount();
                requireWithin(rows, bounds.maxRows(), "rows", "ghala.query.max-rows");
                send(out.toByteArray());
                out.reset();
            }
            writer.end();
        }
        send(out.toByteArray());
    }

    private void countRow() {
        rows++;
        requireWithin(rows, bounds.maxRows(), "rows", "ghala.query.max-rows");
    }

    private void flush(Utf8Buffer out, int least) {
        if (out.size() >= least) {
            send(out.toByteArray());
            out.clear();
        }
    }

    private void send(byte[] block) {
        bytes += block.length;
        requireWithin(bytes, bounds.maxBytes(), "bytes", "ghala.query.max-bytes");
        answer.block(block);
    }

    private static void requireWithin(long is, long most, String what, String setting) {
        if (is > most) {
            throw new AnswerTooLargeException(
                    "the answer has more than " + most + " " + what + ": add a LIMIT, or raise " + setting);
        }
    }

    /** The answer is larger than its bound. */
    static final class AnswerTooLargeException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        AnswerTooLargeException(String message) {
            super(message);
        }
    }
}
