package io.ghala.refresher.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghala.config.ConfigLoader;
import io.ghala.folder.ReadAnew;
import io.ghala.folder.ReadAnew.Which;
import io.ghala.testing.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderWatchTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path root;

    private final SettableClock clock = new SettableClock(NOW);
    private final Known known = new Known();
    private Path folder;
    private FolderWatch watch;

    @BeforeEach
    void make() throws IOException {
        folder = Files.createDirectory(root.resolve("t"));
        watch = watch(Map.of());
    }

    private FolderWatch watch(Map<String, String> environment) {
        return new FolderWatch(
                folder, ConfigLoader.of(environment).load(0).refresher(), ForkJoinPool.commonPool(), clock);
    }

    /** A file whose last change is an hour ago. */
    private void write(String file, String content) throws IOException {
        write(file, content, clock.instant().minus(Duration.ofHours(1)));
    }

    private void write(String file, String content, Instant modified) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
        Files.setLastModifiedTime(path, FileTime.from(modified));
    }

    /** Looks, and takes what is to be read as read and what is gone as gone. */
    private FolderChange look() throws IOException {
        FolderChange change = watch.look(known);
        change.gone().forEach(known.readings::remove);
        for (FoundFile file : change.toRead()) {
            known.readings.put(file.name(), new KnownFiles.Reading(file.stamp(), clock.millis()));
        }
        return change;
    }

    private static List<String> names(List<FoundFile> files) {
        return files.stream().map(FoundFile::name).toList();
    }

    @Test
    void newFilesAreReadOnceAndThoseThatGoAreGone() throws IOException {
        write("a.csv", "1");
        write("eu/b.csv", "2");
        write(".hidden.csv", "3");
        write("half.csv.part", "4");
        assertThat(names(look().toRead())).containsExactly("a.csv", "eu/b.csv");
        assertThat(look().isEmpty()).isTrue();
        Files.delete(folder.resolve("eu/b.csv"));
        FolderChange gone = look();
        assertThat(gone.toRead()).isEmpty();
        assertThat(gone.gone()).containsExactly("eu/b.csv");
        assertThat(look().isEmpty()).isTrue();
    }

    @Test
    void aFolderThatIsGoneIsNoEmptyFolder() throws IOException {
        write("a.csv", "1");
        look();
        Files.delete(folder.resolve("a.csv"));
        Files.delete(folder);
        assertThatThrownBy(this::look).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aFileThatStillGrowsIsLookedAtAgainSoon() throws IOException {
        write("a.csv", "1", clock.instant());
        assertThat(look().isEmpty()).isTrue();
        assertThat(watch.lookAgain()).isTrue();
        clock.advance(Duration.ofMinutes(1));
        assertThat(names(look().toRead())).containsExactly("a.csv");
        assertThat(watch.lookAgain()).isFalse();
    }

    @Test
    void aFileThatWasReadLatelyIsReadAgainWhenTheCopyGoesOn() throws IOException {
        write("a.csv", "1");
        look();
        clock.advance(Duration.ofSeconds(30));
        write("a.csv", "12", clock.instant().minusSeconds(20));
        assertThat(names(look().toRead())).containsExactly("a.csv");
        assertThat(watch.edited()).isEmpty();
    }

    @Test
    void anEditAfterMinutesIsToldAndReadOnlyOnDemand() throws IOException {
        write("a.csv", "1");
        write("b.csv", "1");
        look();
        clock.advance(Duration.ofMinutes(6));
        write("a.csv", "123");
        assertThat(look().isEmpty()).isTrue();
        assertThat(watch.edited()).containsOnlyKeys("a.csv");
        assertThat(names(watch.anew(new ReadAnew(Which.MOVED, Set.of()), known)))
                .containsExactly("a.csv");
        assertThat(names(watch.anew(new ReadAnew(Which.NAMED, Set.of("b.csv", "nosuch.csv")), known)))
                .containsExactly("b.csv");
        assertThat(watch.anew(new ReadAnew(Which.ALL, Set.of()), known)).hasSize(2);
    }

    @Test
    void underStatAnEditIsReadWheneverItComes() throws IOException {
        watch = watch(Map.of("CHANGE_DETECTION", "stat"));
        write("a.csv", "1");
        look();
        clock.advance(Duration.ofHours(6));
        write("a.csv", "123");
        assertThat(names(look().toRead())).containsExactly("a.csv");
    }

    @Test
    void aFileThatBecameAFolderIsGoneAndWhatIsInItIsNew() throws IOException {
        write("a.csv", "1");
        look();
        Files.delete(folder.resolve("a.csv"));
        write("a.csv/part.csv", "2");
        FolderChange change = look();
        assertThat(change.gone()).containsExactly("a.csv");
        assertThat(names(change.toRead())).containsExactly("a.csv/part.csv");
        assertThat(look().isEmpty()).isTrue();
    }

    @Test
    void opFilesThatWorkersNameAreTakenUpWithoutAListing() throws IOException {
        String op = "7@1763812345678-0.json";
        write(op, "{}", clock.instant());
        write("plain.csv", "1");
        FolderChange applied = watch.applied(List.of(op, op, "plain.csv", "8@1763812345678-0.json"), known);
        assertThat(names(applied.toRead())).containsExactly(op);
        assertThat(watch.lookAgain()).as("one was brought in and went").isTrue();
    }

    /** What is known, as the test says. */
    private static final class Known implements KnownFiles {
        private final Map<String, Reading> readings = new HashMap<>();

        @Override
        public int count() {
            return readings.size();
        }

        @Override
        public boolean knows(String file) {
            return readings.containsKey(file);
        }

        @Override
        public Set<String> names() {
            return new TreeSet<>(readings.keySet());
        }

        @Override
        public Collection<String> refused() {
            return List.of();
        }

        @Override
        public Optional<Reading> reading(String file) {
            return Optional.ofNullable(readings.get(file));
        }
    }
}
