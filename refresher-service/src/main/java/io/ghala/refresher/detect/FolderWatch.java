package io.ghala.refresher.detect;

import io.ghala.config.GhalaConfig.ChangeDetection;
import io.ghala.config.GhalaConfig.RefresherSettings;
import io.ghala.folder.OpFileName;
import io.ghala.refresher.detect.KnownFiles.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;

/**
 * Tells how a table's folder differs from what is known of it. A plain file is read once it stands still, and looked at again for some minutes
 * after, since a copy may pause; a refused one as long as it is refused. Op files are whole when they appear.
 */
public final class FolderWatch {
    private static final Duration WATCHED = Duration.ofMinutes(5);
    private final Path folder;
    private final RefresherSettings settings;
    private final ExecutorService threads;
    private final Clock clock;
    private final SettledFiles settled;
    private final Map<String, Recent> recent = new HashMap<>();
    private Optional<FolderNames> quiet = Optional.empty();
    private int quietCount;
    private boolean lookAgain;

    /** {@code threads} look at new files, many at a time. */
    public FolderWatch(Path folder, RefresherSettings settings, ExecutorService threads, Clock clock) {
        this.folder = folder;
        this.settings = settings;
        this.threads = threads;
        this.clock = clock;
        this.settled = new SettledFiles(clock, settings.settleTime());
    }

    /** Whether a file was not whole or vanished: list again soon. */
    public boolean lookAgain() {
        return lookAgain;
    }

    /** Files that were read lately are looked at again, also those that another process read. */
    public void restore(KnownFiles known) {
        quiet = Optional.empty();
        for (String file : known.names()) {
            known.reading(file).ifPresent(reading -> recent.put(file, new Recent(reading.readAtMs(), 0)));
        }
        forgetOld();
    }

    /**
     * Lists the folder.
     *
     * @throws NoSuchFileException when the folder is gone
     */
    public FolderChange look(KnownFiles known) throws IOException {
        if (quiet.isPresent() && known.count() == quietCount && quiet.get().same()) {
            return changesOf(known, List.of(), Set.of());
        }
        List<FoundFile> other = new ArrayList<>();
        int[] seen = {0};
        FolderNames names = ListFolder.list(folder, known::knows, sink(file -> seen[0]++, other::add), threads);
        Set<String> gone = seen[0] < known.count() ? missingTwice(known) : Set.of();
        FolderChange change = changesOf(known, other, gone);
        boolean allKnown = other.isEmpty() && gone.isEmpty() && seen[0] == known.count();
        quiet = allKnown ? Optional.of(names) : Optional.empty();
        quietCount = known.count();
        return change;
    }

    private FolderChange changesOf(KnownFiles known, List<FoundFile> other, Set<String> gone) throws IOException {
        List<FoundFile> toRead = new ArrayList<>(other.size());
        Collection<String> watched = watched(known);
        settled.begin();
        Recent now = new Recent(clock.millis(), 0);
        other.forEach(file -> addIfWhole(file, toRead, now));
        for (String file : watched) {
            Optional<FileStamp> stamp = gone.contains(file) ? Optional.empty() : stamp(file);
            Optional<Reading> reading = known.reading(file);
            if (stamp.isPresent()
                    && reading.isPresent()
                    && !stamp.get().equals(reading.get().stamp())) {
                addIfWhole(new FoundFile(file, stamp.get()), toRead, now);
            }
        }
        settled.end();
        lookAgain = settled.waiting();
        return new FolderChange(toRead, gone);
    }

    private void addIfWhole(FoundFile file, List<FoundFile> toRead, Recent now) {
        if (settled.whole(file.name(), file.stamp())) {
            toRead.add(file);
            recent.put(file.name(), now);
        }
    }

    /** A listing taken while a file is renamed may see neither name: gone is what two listings, one after the other, miss. */
    private Set<String> missingTwice(KnownFiles known) throws IOException {
        Set<String> missing = new HashSet<>(known.names());
        for (int i = 0; i < 2 && !missing.isEmpty(); i++) {
            ListFolder.list(folder, known::knows, sink(missing::remove, file -> {}), threads);
        }
        return missing;
    }

    private static ListFolder.Sink sink(Consumer<String> known, Consumer<FoundFile> other) {
        return new ListFolder.Sink() {
            @Override
            public void known(String file) {
                known.accept(file);
            }

            @Override
            public void other(FoundFile file) {
                other.accept(file);
            }
        };
    }

    private Collection<String> watched(KnownFiles known) {
        if (settings.changeDetection() == ChangeDetection.STAT) {
            return known.names();
        }
        forgetOld();
        long now = clock.millis();
        Set<String> watched = new HashSet<>(known.refused());
        recent.replaceAll((file, when) -> {
            if (now < when.nextMs()) {
                return when;
            }
            watched.add(file);
            return new Recent(when.readAtMs(), now + (now - when.readAtMs()));
        });
        return watched;
    }

    private void forgetOld() {
        long oldest = clock.millis() - WATCHED.toMillis();
        recent.values().removeIf(when -> when.readAtMs() < oldest);
    }

    /** A file that was read lately and is looked at again at {@code nextMs}: each time after twice as long. */
    private record Recent(long readAtMs, long nextMs) {}

    private Optional<FileStamp> stamp(String file) throws IOException {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(folder.resolve(file), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isRegularFile() ? Optional.of(FileStamp.of(attributes)) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Takes up op files that workers say they brought in, without listing. */
    public FolderChange applied(Collection<String> names, KnownFiles known) throws IOException {
        List<FoundFile> toRead = new ArrayList<>();
        for (String name : new LinkedHashSet<>(names)) {
            if (!known.knows(name) && OpFileName.parse(name).isPresent()) {
                Optional<FileStamp> stamp = stamp(name);
                if (stamp.isPresent()) {
                    toRead.add(new FoundFile(name, stamp.get()));
                } else {
                    // Brought in and gone again: a listing tells what came in its place.
                    lookAgain = true;
                }
            }
        }
        return new FolderChange(toRead, Set.of());
    }
}
