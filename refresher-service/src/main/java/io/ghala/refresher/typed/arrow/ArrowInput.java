package io.ghala.refresher.typed.arrow;

import io.ghala.refresher.typed.RefusedFileException;
import io.ghala.refresher.typed.cells.Cells;
import io.ghala.refresher.typed.cells.CellsFactory;
import io.ghala.refresher.typed.cells.LoadableFields;
import io.ghala.refresher.typed.frames.RowFrames;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.arrow.compression.CommonsCompressionFactory;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Reads Arrow IPC files and streams, also with LZ4 and zstd buffers. Nothing of a batch is used before it was checked.
 */
public final class ArrowInput {
    private static final byte[] FILE_MAGIC = "ARROW1".getBytes(StandardCharsets.US_ASCII);
    private static final Set<OpenOption> OPTIONS = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    private final long memory;

    public ArrowInput(long memory) {
        this.memory = memory;
    }

    public void read(Path file, RowFrames frames) throws IOException {
        try (BufferAllocator allocator = new RootAllocator(memory);
                SeekableByteChannel channel = Files.newByteChannel(file, OPTIONS);
                ArrowReader reader = reader(channel, allocator)) {
            if (reader instanceof ArrowFileReader blocks) {
                ArrowFraming.checkBlocks(blocks.getDictionaryBlocks(), channel.size());
                ArrowFraming.checkBlocks(blocks.getRecordBlocks(), channel.size());
            }
            read(reader, frames);
        } catch (RefusedFileException e) {
            throw e;
        } catch (OutOfMemoryException e) {
            throw new RefusedFileException(
                    "one of its batches needs more memory than ghala.refresher.typed-reader.memory"
                            + " gives: write smaller batches or raise it",
                    e);
        } catch (EOFException e) {
            throw new RefusedFileException("it is not a readable Arrow file: it ends early", e);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (IOException | RuntimeException e) {
            // Arrow throws bare RuntimeExceptions of many kinds for damaged bytes.
            throw new RefusedFileException("it is not a readable Arrow file: " + message(e), e);
        }
    }

    private static String message(Exception e) {
        boolean runtimes = e instanceof IndexOutOfBoundsException
                || e instanceof NullPointerException
                || e instanceof ArithmeticException
                || e instanceof ClassCastException
                || e instanceof ArrayStoreException;
        if (runtimes) {
            // Compiled code throws these without a message: the reason must not depend on how long this process has
            // run.
            return "its content is damaged";
        }
        String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return first.isBlank() || first.equals("null") ? e.getClass().getSimpleName() : first;
    }

    private static ArrowReader reader(SeekableByteChannel channel, BufferAllocator allocator) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(FILE_MAGIC.length);
        while (head.hasRemaining() && channel.read(head) >= 0) {
            // A channel may give fewer bytes than asked for.
        }
        channel.position(0);
        if (Arrays.equals(head.array(), FILE_MAGIC)) {
            ArrowByteOrder.checkFile(channel);
            return new CheckedFile(channel, allocator);
        }
        ArrowFraming.checkStream(channel);
        ArrowByteOrder.checkStream(channel);
        return new CheckedStream(channel, allocator);
    }

    private static void read(ArrowReader reader, RowFrames frames) throws IOException {
        VectorSchemaRoot root = reader.getVectorSchemaRoot();
        CellsFactory factory = new CellsFactory(reader.getDictionaryVectors());
        List<String> names = new ArrayList<>();
        List<Cells> cells = new ArrayList<>();
        for (Field field : root.getSchema().getFields()) {
            names.add(field.getName());
            cells.add(factory.of(field, root.getVector(cells.size())));
        }
        frames.columns(names, cells);
        while (reader.loadNextBatch()) {
            for (Dictionary dictionary : reader.getDictionaryVectors().values()) {
                VectorCheck.check(dictionary.getVector(), dictionary.getVector().getValueCount());
            }
            VectorCheck.check(root);
            frames.rows(root.getRowCount());
        }
        frames.end();
    }

    private static void requireLengths(ArrowRecordBatch batch, Schema schema) {
        try {
            VectorCheck.lengths(batch, schema);
        } catch (RefusedFileException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class CheckedFile extends ArrowFileReader {
        private Schema schema = new Schema(List.of());

        CheckedFile(SeekableByteChannel channel, BufferAllocator allocator) {
            super(channel, allocator, CommonsCompressionFactory.INSTANCE);
        }

        @Override
        protected Schema readSchema() throws IOException {
            schema = super.readSchema();
            ArrowTypes.check(schema.getFields());
            LoadableFields.require(schema.getFields());
            return schema;
        }

        @Override
        protected void loadRecordBatch(ArrowRecordBatch batch) {
            requireLengths(batch, schema);
            super.loadRecordBatch(batch);
        }
    }

    private static final class CheckedStream extends ArrowStreamReader {
        private Schema schema = new Schema(List.of());

        CheckedStream(SeekableByteChannel channel, BufferAllocator allocator) {
            super(channel, allocator, CommonsCompressionFactory.INSTANCE);
        }

        @Override
        protected Schema readSchema() throws IOException {
            schema = super.readSchema();
            ArrowTypes.check(schema.getFields());
            LoadableFields.require(schema.getFields());
            return schema;
        }

        @Override
        protected void loadRecordBatch(ArrowRecordBatch batch) {
            requireLengths(batch, schema);
            super.loadRecordBatch(batch);
        }
    }
}
