package io.ghala.benchmarks.stand;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A folder in {@code java.io.tmpdir} and processes that work in it. All go when it is closed, and when this JVM is
 * asked to end.
 */
public final class Scratch implements AutoCloseable {
    private final Path folder;
    private final Deque<Process> processes = new ArrayDeque<>();
    private final Thread hook = new Thread(this::clear, "clear-scratch");

    private Scratch(Path folder) {
        this.folder = folder;
    }

    public static Scratch make(String prefix) throws IOException {
        Scratch scratch = new Scratch(Files.createTempDirectory(prefix));
        Runtime.getRuntime().addShutdownHook(scratch.hook);
        return scratch;
    }

    public Path folder() {
        return folder;
    }

    synchronized Process start(ProcessBuilder builder) throws IOException {
        Process process = builder.start();
        processes.push(process);
        return process;
    }

    private void clear() {
        try {
            end();
        } catch (IOException e) {
            System.err.println("benchmarks: " + folder + " could not be removed: " + e);
        }
    }

    /** Last in, first out: Redis, which was started first, ends last. */
    private synchronized void end() throws IOException {
        processes.forEach(Process::destroyForcibly);
        processes.forEach(process -> process.onExit().join());
        processes.clear();
        if (Files.exists(folder)) {
            Files.walkFileTree(folder, new Remover());
        }
    }

    @Override
    public void close() throws IOException {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending already: the hook does the same beside this.
            RunLog.say("stopping");
        }
        end();
    }

    private static final class Remover extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @org.jspecify.annotations.Nullable IOException e)
                throws IOException {
            if (e != null) {
                throw e;
            }
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
