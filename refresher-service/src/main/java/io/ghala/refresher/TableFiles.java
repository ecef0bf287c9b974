package io.ghala.refresher;

import io.ghala.config.GhalaConfig;
import io.ghala.config.GhalaConfig.ChangeDetection;
import io.ghala.refresher.detect.FileStamp;
import io.ghala.refresher.detect.FolderListing;
import io.ghala.refresher.detect.ListFolder;
import io.ghala.refresher.detect.SettledFiles;
import io.ghala.refresher.read.ReadLimits;
import io.ghala.refresher.read.SourceRows;
import io.ghala.refresher.read.TableFileReader;
import io.ghala.refresher.read.TableSettings;
import io.ghala.refresher.read.TypedFiles;
import io.ghala.refresher.read.UnreadableFileException;
import io.ghala.refresher.settings.TableConf;
import io.ghala.snapshot.RefusedFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The files of one table as they were last read; only what changed is read again. */
final class TableFiles {
    /** A plain file may still be growing when it is first read; it is looked at again for so long. */
    private static final Duration WATCHED = Duration.ofMinutes(5);

    private final Path folder;
    private final GhalaConfig config;
    private final Clock clock;
    private final SettledFiles settled;
    private final TreeMap<String, ReadFile> files = new TreeMap<>();
    private String confText = "";
    private TableSettings settings;
    private boolean lookAgain;

    TableFiles(Path folder, GhalaConfig config, Clock clock) {
        this.folder = folder;
        this.config = config;
        this.clock = clock;
        this.settled = new SettledFiles(clock, config.refresher().settleTime());
        this.settings = TableConf.parse("", config);
    }

    /**
     * Lists the folder and reads what is new; returns whether anything changed.
     *
     * @throws NoSuchFileException when the folder is gone
     */
    boolean update() throws IOException {
        boolean changed = updateSettings();
        FolderListing listing = settled.settled(listTwiceIfNamesAreMissing());
        lookAgain = settled.waiting();
        changed |= files.keySet().retainAll(listing.files().keySet());
        TableFileReader reader = new TableFileReader(folder, settings, limits(), new TypedFiles());
        for (Map.Entry<String, FileStamp> file : listing.files().entrySet()) {
            ReadFile known = files.get(file.getKey());
            if (known == null || mustReadAgain(known, file.getValue())) {
                changed |= read(reader, file.getKey(), file.getValue());
            }
        }
        return changed;
    }

    private boolean updateSettings() throws IOException {
        String text = TableConf.text(folder);
        if (text.equals(confText)) {
            return false;
        }
        settings = TableConf.parse(text, config);
        confText = text;
        files.clear();
        return true;
    }

    /** A listing taken while a file is renamed may see neither name: a name is gone only when two listings in a row say so. */
    private FolderListing listTwiceIfNamesAreMissing() throws IOException {
        FolderListing first = ListFolder.list(folder);
        if (first.files().keySet().containsAll(files.keySet())) {
            return first;
        }
        TreeMap<String, FileStamp> both = new TreeMap<>(ListFolder.list(folder).files());
        first.files().forEach(both::putIfAbsent);
        return new FolderListing(both);
    }

    private boolean mustReadAgain(ReadFile known, FileStamp stamp) {
        if (known.stamp().equals(stamp)) {
            return false;
        }
        return config.refresher().changeDetection() == ChangeDetection.STAT
                || !known.refusal().isEmpty()
                || clock.millis() - known.readAtMs() < WATCHED.toMillis();
    }

    private boolean read(TableFileReader reader, String file, FileStamp stamp) throws IOException {
        try {
            files.put(file, new ReadFile(stamp, clock.millis(), reader.read(file), ""));
            return true;
        } catch (NoSuchFileException e) {
            // Gone since the listing: the next one decides.
            lookAgain = true;
            return false;
        } catch (UnreadableFileException e) {
            return refuse(file, stamp, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return refuse(file, stamp, "it cannot be read: " + e.getMessage());
        }
    }

    private boolean refuse(String file, FileStamp stamp, String reason) {
        ReadFile before = files.put(file, new ReadFile(stamp, clock.millis(), List.of(), reason));
        return before == null || !before.refusal().equals(reason);
    }

    /** Takes the rows of a file out again because a value does not fit. */
    void refuse(String file, String reason) {
        ReadFile read = files.get(file);
        if (read != null) {
            refuse(file, read.stamp(), reason);
        }
    }

    private ReadLimits limits() {
        return new ReadLimits(
                config.refresher().maxFileBytes(),
                config.refresher().maxFileRows(),
                config.refresher().maxUnpackedBytes());
    }

    List<SourceRows> sources() {
        List<SourceRows> sources = new ArrayList<>();
        files.values().forEach(file -> sources.addAll(file.sources()));
        return sources;
    }

    List<RefusedFile> refused() {
        List<RefusedFile> refused = new ArrayList<>();
        files.forEach((name, file) -> {
            if (!file.refusal().isEmpty()) {
                refused.add(new RefusedFile(name, file.refusal()));
            }
        });
        return refused;
    }

    int count() {
        return files.size();
    }

    TableSettings settings() {
        return settings;
    }

    /** Whether a file was not whole or vanished: list again soon. */
    boolean lookAgain() {
        return lookAgain;
    }

    /** {@code refusal} is empty for a file whose rows are in. */
    private record ReadFile(FileStamp stamp, long readAtMs, List<SourceRows> sources, String refusal) {}
}
