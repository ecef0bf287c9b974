package io.ghala.chaos.client;

import io.ghala.chaos.history.Recorder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** Notes every op file that ever is in the folder, also those that are swept later. */
public final class FolderWatcher implements Actor {
    private final Path folder;
    private final Recorder recorder;
    private final Set<String> known = new HashSet<>();

    public FolderWatcher(Path folder, Recorder recorder) {
        this.folder = folder;
        this.recorder = recorder;
    }

    @Override
    public Duration pace() {
        return Duration.ofMillis(200);
    }

    @Override
    public void act() throws IOException {
        for (Path file : FolderFold.list(folder)) {
            String name = file.getFileName().toString();
            if (FolderFold.isOp(name) && known.add(name)) {
                FolderFold.sightings(file).forEach(recorder::add);
            }
        }
    }
}
