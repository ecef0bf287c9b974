package io.ghala.chaos.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A file system of its own of a few megabytes, which can be filled and made read-only. Mounting needs root on Linux.
 */
public final class SmallDisk implements AutoCloseable {
    private final Path folder;
    private final Path ballast;

    private SmallDisk(Path folder) {
        this.folder = folder;
        this.ballast = folder.resolve("ballast");
    }

    /** Whether this machine lets us mount one. */
    public static boolean isPossible() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("ghala-disk-");
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder.toString());
        if (mounted) {
            run("umount", folder.toString());
        }
        Files.delete(folder);
        return mounted;
    }

    public static SmallDisk mount(int megabytes) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("ghala-disk-");
        require("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", folder.toString());
        return new SmallDisk(folder);
    }

    public Path folder() {
        return folder;
    }

    /** Writes until nothing fits any more. */
    public void fill() throws IOException {
        byte[] block = new byte[4096];
        try (OutputStream out = Files.newOutputStream(ballast)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            if (folder.toFile().getUsableSpace() > 0) {
                throw e;
            }
        }
    }

    /** Makes room again. */
    public void empty() throws IOException {
        Files.delete(ballast);
    }

    public void readOnly() throws IOException, InterruptedException {
        require("mount", "-o", "remount,ro", folder.toString());
    }

    public void writable() throws IOException, InterruptedException {
        require("mount", "-o", "remount,rw", folder.toString());
    }

    private static void require(String... command) throws IOException, InterruptedException {
        if (!run(command)) {
            throw new IOException(List.of(command) + " failed");
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        require("umount", folder.toString());
        Files.delete(folder);
    }
}
