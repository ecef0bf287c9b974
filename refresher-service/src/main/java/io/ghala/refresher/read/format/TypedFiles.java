package io.ghala.refresher.read.format;

import io.ghala.config.GhalaConfig.TypedReaderSettings;
import io.ghala.refresher.rows.CellBlock;
import io.ghala.refresher.rows.LoadableRows;
import io.ghala.refresher.rows.ReadLimits;
import io.ghala.refresher.rows.RowWriter;
import io.ghala.refresher.rows.UnreadableFileException;
import io.ghala.refresher.typed.RefusedFileException;
import io.ghala.refresher.typed.frames.DeadReaderException;
import io.ghala.refresher.typed.frames.TypedRows;
import io.ghala.refresher.typed.process.TypedFileProcess;
import io.ghala.refresher.typed.process.TypedFormat;
import io.ghala.type.ValueEvidence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rows of Parquet and Arrow files, read in processes of their own: a damaged file can end the process that reads it. A
 * process serves one file after the other, ends when it has nothing to read for a while, and is replaced after it died.
 * For any number of threads, each of which has a process while it reads.
 */
public final class TypedFiles implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TypedFiles.class);

    private final TypedReaderSettings settings;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "typed-readers");
        thread.setDaemon(true);
        return thread;
    });
    private final Deque<TypedFileProcess> idle = new ArrayDeque<>();
    private boolean closed;

    public TypedFiles(TypedReaderSettings settings) {
        this.settings = settings;
    }

    /**
     * Reads a file in a process that is known to work; one that ends over the file gets a second, fresh try before the
     * file is to blame.
     */
    public void read(Path file, TypedFormat format, ReadLimits limits, RowWriter out) throws IOException {
        long size = Files.size(file);
        if (size > limits.maxFileBytes()) {
            throw new UnreadableFileException("it has " + size + " bytes, more than the " + limits.maxFileBytes()
                    + " of ghala.refresher.max-file-bytes");
        }
        requireKind(file, format);
        try {
            try {
                attempt(borrow(), file, format, out);
            } catch (DeadReaderException e) {
                log.info("typed reader replaced file={} reason=\"{}\"", file.getFileName(), e.getMessage());
                out.startOver();
                attempt(start(), file, format, out);
            }
        } catch (DeadReaderException | RefusedFileException e) {
            throw new UnreadableFileException(String.valueOf(e.getMessage()), e);
        }
    }

    private static void requireKind(Path file, TypedFormat format) throws IOException {
        byte[] head = new byte[FileKind.LONGEST];
        int got = FileBytes.read(file, head.length, head, 0, head.length);
        FileKind own =
                switch (format) {
                    case PARQUET -> FileKind.PARQUET;
                    case ARROW -> FileKind.ARROW;
                };
        Optional<FileKind> kind = FileKind.of(Arrays.copyOf(head, got));
        if (kind.isPresent() && kind.get() != own) {
            throw kind.get().instead(format.name());
        }
    }

    private void attempt(TypedFileProcess process, Path file, TypedFormat format, RowWriter out)
            throws IOException, DeadReaderException {
        boolean usable = false;
        try {
            process.read(file, format, new Rows(out));
            usable = true;
        } catch (RefusedFileException e) {
            usable = true;
            throw e;
        } finally {
            if (usable) {
                giveBack(process);
            } else {
                process.close();
            }
        }
    }

    private TypedFileProcess borrow() throws IOException {
        synchronized (idle) {
            TypedFileProcess waiting = idle.poll();
            if (waiting != null) {
                return waiting;
            }
        }
        return start();
    }

    private TypedFileProcess start() throws IOException {
        TypedFileProcess process = TypedFileProcess.start(settings.memoryBytes(), settings.timeout(), timer);
        log.info("typed reader started pid={}", process.pid());
        return process;
    }

    private void giveBack(TypedFileProcess process) throws IOException {
        synchronized (idle) {
            if (!closed) {
                idle.push(process);
                Future<?> unused =
                        timer.schedule(() -> retire(process), settings.idle().toMillis(), TimeUnit.MILLISECONDS);
                return;
            }
        }
        process.close();
    }

    private void retire(TypedFileProcess process) {
        synchronized (idle) {
            if (!idle.remove(process)) {
                return;
            }
        }
        try {
            process.close();
        } catch (IOException e) {
            log.warn("typed reader not closed pid={} problem=\"{}\"", process.pid(), e.getMessage(), e);
        }
    }

    /** Ends the processes that wait for files. */
    @Override
    public void close() throws IOException {
        List<TypedFileProcess> waiting;
        synchronized (idle) {
            closed = true;
            waiting = List.copyOf(idle);
            idle.clear();
        }
        timer.shutdown();
        IOException failure = null;
        for (TypedFileProcess process : waiting) {
            try {
                process.close();
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static final class Rows implements TypedRows {
        private final RowWriter out;
        private final List<String> names = new ArrayList<>();

        Rows(RowWriter out) {
            this.out = out;
        }

        @Override
        public void columns(List<String> columns) {
            names.addAll(columns);
            LoadableRows.requireDistinct(names);
        }

        @Override
        public void block(int rows, List<CellBlock> columns) {
            out.block(names, rows, columns);
        }

        @Override
        public void evidence(List<ValueEvidence> columns) {
            out.evidence(names, columns);
        }
    }
}
