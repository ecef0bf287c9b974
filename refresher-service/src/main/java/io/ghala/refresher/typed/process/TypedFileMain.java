package io.ghala.refresher.typed.process;

import io.ghala.refresher.typed.RefusedFileException;
import io.ghala.refresher.typed.arrow.ArrowInput;
import io.ghala.refresher.typed.frames.RowFrames;
import io.ghala.refresher.typed.parquet.ParquetInput;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The process that reads typed files for a refresher, one after the other: requests on standard input, frames on
 * standard output. It ends when its standard input does, so that it never outlives its parent.
 */
public final class TypedFileMain {
    private static final int PIPE_BYTES = 256 * 1024;

    private TypedFileMain() {}

    /** {@code args} holds the bytes that DuckDB and Arrow may take outside of the heap. */
    public static void main(String[] args) throws InterruptedException {
        OutputStream frames = new FileOutputStream(FileDescriptor.out);
        // Whatever else prints must not get between the frames.
        System.setOut(System.err);
        // Registered first, so deleted last: after what libraries put there.
        new File(System.getProperty("java.io.tmpdir")).deleteOnExit();
        BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
        Thread listener = new Thread(() -> listen(requests), "requests");
        listener.setDaemon(true);
        listener.start();
        long memory = Long.parseLong(args[0]);
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(frames, PIPE_BYTES));
                ParquetInput parquet = new ParquetInput(memory)) {
            ArrowInput arrow = new ArrowInput(memory);
            while (true) {
                answer(requests.take(), parquet, arrow, out);
            }
        } catch (IOException e) {
            // Nobody reads what is written any more.
            System.exit(1);
        }
    }

    private record Request(TypedFormat format, Path file) {}

    /** Listens even while a file is read, so that the process ends at once when its parent is gone. */
    private static void listen(BlockingQueue<Request> requests) {
        try (DataInputStream in = new DataInputStream(System.in)) {
            while (true) {
                requests.add(new Request(TypedFormat.ofCode(in.readUnsignedByte()), Path.of(in.readUTF())));
            }
        } catch (EOFException e) {
            System.exit(0);
        } catch (IOException e) {
            System.exit(1);
        }
    }

    private static void answer(Request request, ParquetInput parquet, ArrowInput arrow, DataOutputStream out)
            throws IOException {
        RowFrames frames = new RowFrames(out);
        try {
            switch (request.format()) {
                case PARQUET -> parquet.read(request.file(), frames);
                case ARROW -> arrow.read(request.file(), frames);
            }
        } catch (RefusedFileException e) {
            RowFrames.refuse(String.valueOf(e.getMessage()), out);
        } catch (StackOverflowError e) {
            RowFrames.refuse("its schema is nested too deeply", out);
        }
    }
}
