package io.ghala.refresher.detect;

import io.ghala.config.GhalaConfig.ChangeDetection;
import io.ghala.config.GhalaConfig.RefresherSettings;
import io.ghala.folder.OpFileName;
import io.ghala.folder.ReadAnew;
import io.ghala.folder.ReadAnew.Which;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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
import java.util.function.Predicate;

/**
 * Tells how a table's folder differs from what is known of it. A plain file is read once it stands still, and looked at
 * again for some minutes after, since a copy may pause; a refused one as long as it is refused. Op files are whole when
 * they appear. Other known files are looked over in the background: one that is a folder now is gone, one that was
 * edited in place is told.
 */
public final class FolderWatch {
    private static final Duration WATCHED = Duration.ofMinutes(5);
    private final Path folder;
    private final RefresherSettings settings;
    private final ExecutorService threads;
    private final Clock clock;
    private final SettledFiles settled;
    private final Map<String, Recent> recent = new HashMap<>();
    private final FileStamps stamps;
    private final LookOver lookOver;
    private Optional<FolderNames> quiet = Optional.empty();
    private Map<String, String> unreadable = Map.of();
    private int quietCount;
    private boolean lookAgain;

    /** {@code threads} look at new files, many at a time. */
    public FolderWatch(Path folder, RefresherSettings settings, ExecutorService threads, Clock clock) {
        this.folder = folder;
        this.settings = settings;
        this.threads = threads;
        this.clock = clock;
        this.settled = new SettledFiles(clock, settings.settleTime());
        this.stamps = new FileStamps(folder);
        this.lookOver = new LookOver(stamps, System::nanoTime);
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
        Set<String> watched = watched(known);
        List<FoundFile> moved = new ArrayList<>();
        Set<String> replaced = new HashSet<>();
        for (String file : watched) {
            FileStamps.Look look = stamps.of(file);
            if (look.isOther()) {
                replaced.add(file);
            }
            look.stamp().filter(now -> isMoved(file, now, known)).ifPresent(now -> moved.add(new FoundFile(file, now)));
        }
        replaced.addAll(lookOver.goOn(known, file -> watched.contains(file) || recent.containsKey(file)));
        if (replaced.isEmpty()
                && quiet.isPresent()
                && known.count() == quietCount
                && quiet.get().same()) {
            return changesOf(moved, List.of(), Set.of());
        }
        return list(known, moved, replaced);
    }

    /** Lists all names; {@code replaced} are known ones that are no files any more. */
    private FolderChange list(KnownFiles known, List<FoundFile> moved, Set<String> replaced) throws IOException {
        Predicate<String> still = file -> known.knows(file) && !replaced.contains(file);
        List<FoundFile> other = new ArrayList<>();
        int[] seen = {0};
        FolderNames names = ListFolder.list(folder, still, sink(file -> seen[0]++, other::add), threads);
        if (!names.unreadable().isEmpty()) {
            seen[0] += (int) known.names().stream().filter(names::hides).count();
        }
        Set<String> gone = seen[0] < known.count() ? missingTwice(known, still) : Set.of();
        FolderChange change = changesOf(moved, other, gone);
        boolean allKnown = other.isEmpty()
                && gone.isEmpty()
                && seen[0] == known.count()
                && names.unreadable().isEmpty();
        quiet = allKnown ? Optional.of(names) : Optional.empty();
        quietCount = known.count();
        unreadable = names.unreadable();
        return change;
    }

    private static boolean isMoved(String file, FileStamp now, KnownFiles known) {
        return known.reading(file)
                .filter(reading -> !reading.stamp().equals(now))
                .isPresent();
    }

    /** Files that were edited in place, which the list of names does not tell, with how they look now. */
    public Map<String, FileStamp> edited() {
        return lookOver.edited();
    }

    /** What could not be listed or looked at the last time, by its path, and why. What is known of it stays. */
    public Map<String, String> unreadable() {
        return unreadable;
    }

    /** The known files that {@code wish} is about, as they look now. */
    public List<FoundFile> anew(ReadAnew wish, KnownFiles known) throws IOException {
        List<FoundFile> files = new ArrayList<>();
        for (String file : wish.which() == Which.NAMED ? wish.files() : known.names()) {
            boolean always = wish.which() == Which.ALL || wish.files().contains(file);
            if (known.knows(file)) {
                stamps.of(file)
                        .stamp()
                        .filter(now -> always || isMoved(file, now, known))
                        .ifPresent(now -> files.add(new FoundFile(file, now)));
            }
        }
        return files;
    }

    private FolderChange changesOf(List<FoundFile> moved, List<FoundFile> other, Set<String> gone) {
        List<FoundFile> toRead = new ArrayList<>(other.size());
        settled.begin();
        Recent now = new Recent(clock.millis(), 0);
        other.forEach(file -> addIfWhole(file, toRead, now));
        for (FoundFile file : moved) {
            if (!gone.contains(file.name())) {
                addIfWhole(file, toRead, now);
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

    /**
     * A listing taken while a file is renamed may see neither name: gone is what two listings, one after the other,
     * miss.
     */
    private Set<String> missingTwice(KnownFiles known, Predicate<String> still) throws IOException {
        Set<String> missing = new HashSet<>(known.names());
        for (int i = 0; i < 2 && !missing.isEmpty(); i++) {
            FolderNames names = ListFolder.list(folder, still, sink(missing::remove, file -> {}), threads);
            missing.removeIf(names::hides);
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

    private Set<String> watched(KnownFiles known) {
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

    /** Takes up op files that workers say they brought in, without listing. */
    public FolderChange applied(Collection<String> names, KnownFiles known) throws IOException {
        List<FoundFile> toRead = new ArrayList<>();
        for (String name : new LinkedHashSet<>(names)) {
            if (!known.knows(name) && OpFileName.parse(name).isPresent()) {
                Optional<FileStamp> stamp = stamps.of(name).stamp();
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
