package io.ghala.chaos.client;

import io.ghala.chaos.history.Payload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;

/** People who put plain files into the folder and take them away again. */
public final class People implements Actor {
    private static final int MOST_FILES = 8;

    private final Path folder;
    private final Random random;
    private final Deque<Path> files = new ArrayDeque<>();
    private long next = Payload.FIRST_FILE;

    public People(Path folder, Random random) {
        this.folder = folder;
        this.random = random;
    }

    @Override
    public Duration pace() {
        return Duration.ofMillis(300 + random.nextInt(700));
    }

    @Override
    public void act() throws IOException {
        if (files.size() >= MOST_FILES || (!files.isEmpty() && random.nextInt(3) == 0)) {
            Files.delete(files.removeFirst());
        } else {
            long file = next++;
            StringBuilder rows = new StringBuilder(Payload.csvHeader());
            for (int i = 0; i < Payload.FILE_ROWS; i++) {
                rows.append(Payload.csv(Payload.fileRow(file, i), file));
            }
            files.addLast(put(folder, "people-" + file + ".csv", rows.toString()));
        }
    }

    /** Puts the file under the base of all rows that are written to. */
    public static void putBase(Path folder, int rows) throws IOException {
        StringBuilder text = new StringBuilder(Payload.csvHeader());
        for (int i = 0; i < rows; i++) {
            text.append(Payload.csv("r" + i, Payload.BASE));
        }
        put(folder, "base.csv", text.toString());
    }

    /** Puts a file as a whole. */
    public static Path put(Path folder, String name, String text) throws IOException {
        Path unfinished = Files.writeString(folder.resolve("." + name + ".tmp"), text);
        return Files.move(unfinished, folder.resolve(name));
    }
}
