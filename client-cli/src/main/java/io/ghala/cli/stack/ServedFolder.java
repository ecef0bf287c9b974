package io.ghala.cli.stack;

import io.ghala.cli.session.PrivateFiles;
import io.ghala.cli.session.RunningStack;
import io.ghala.model.InvalidValueException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A shared folder that one {@code up} serves: two of them would have two servers append to the same file and two
 * refreshers fight. The lock is the operating system's, so that nothing is left of it when the process ends, however it
 * does.
 */
final class ServedFolder implements AutoCloseable {
    private static final int MOST_BYTES = 100;
    private final FileChannel channel;
    private final Path address;

    private ServedFolder(FileChannel channel, Path address) {
        this.channel = channel;
        this.address = address;
    }

    /**
     * Takes the folder.
     *
     * @throws InvalidValueException when there is no such folder, or another process serves it
     */
    static ServedFolder take(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            throw new InvalidValueException(
                    "DB_ROOT " + root.toAbsolutePath().normalize() + " is no folder: create it, or correct DB_ROOT");
        }
        Path own = root.resolve(".ghala");
        if (Files.isSymbolicLink(own)) {
            throw new InvalidValueException(own + " is a link, and nothing is written through links: make it a folder");
        }
        Files.createDirectories(own);
        FileChannel channel = FileChannel.open(
                own.resolve("up.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS);
        try {
            if (lock(channel) == null) {
                throw new InvalidValueException(
                        "the folder " + root.toAbsolutePath().normalize()
                                + " is served already, by process " + holder(channel)
                                + ": use that one, or stop it first");
            }
            byte[] pid = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(pid), 0);
            return new ServedFolder(channel, RunningStack.file(root));
        } catch (IOException | RuntimeException e) {
            try (channel) {
                throw e;
            }
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // This very process has it.
            return null;
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(MOST_BYTES);
        int read = channel.read(text, 0);
        return Optional.of(new String(text.array(), 0, Math.max(0, read), StandardCharsets.US_ASCII))
                .filter(pid -> pid.matches("[0-9]+"))
                .orElse("unknown");
    }

    /** Lets other commands find the Redis of this {@code up}; the address may hold a password. */
    void publish(String redisUrl) throws IOException {
        PrivateFiles.write(address, RunningStack.text(ProcessHandle.current().pid(), redisUrl));
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            Files.deleteIfExists(address);
        }
    }
}
