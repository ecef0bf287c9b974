package io.ghala.benchmarks.measure;

import io.ghala.folder.FolderLayout;
import io.ghala.intent.Intent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The least that durability costs: the payloads in files of a batch each, written, fsynced, renamed, and the folder
 * fsynced, one after the other.
 */
public final class FsyncFloor {
    private FsyncFloor() {}

    /** Rows per second. */
    public static double rate(Path scratch, List<Intent.Upsert> upserts, int batch) throws IOException {
        Path folder = Files.createTempDirectory(scratch, "floor-");
        long started = System.nanoTime();
        for (int from = 0; from < upserts.size(); from += batch) {
            StringBuilder text = new StringBuilder();
            for (Intent.Upsert upsert : upserts.subList(from, Math.min(upserts.size(), from + batch))) {
                text.append(upsert.payload()).append('\n');
            }
            Path temporary = folder.resolve("unfinished");
            try (FileChannel file =
                    FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    file.write(bytes);
                }
                file.force(true);
            }
            Files.move(temporary, folder.resolve("batch-" + from));
            FolderLayout.sync(folder);
        }
        return upserts.size() * 1e9 / (System.nanoTime() - started);
    }
}
