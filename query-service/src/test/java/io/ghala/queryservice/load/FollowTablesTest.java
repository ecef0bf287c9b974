package io.ghala.queryservice.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.config.ConfigLoader;
import io.ghala.model.Column;
import io.ghala.model.ScalarType;
import io.ghala.model.SnapshotFormat;
import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableName;
import io.ghala.model.TableSchema;
import io.ghala.queryservice.store.FakeSnapshots;
import io.ghala.queryservice.store.LoadedStore;
import io.ghala.snapshot.Announcement;
import io.ghala.snapshot.Announcement.Kind;
import io.ghala.snapshot.Announcements;
import io.ghala.snapshot.PartRef;
import io.ghala.testing.SettableClock;
import io.ghala.testing.memory.MemoryFolderLooks;
import io.ghala.testing.memory.MemoryUnloadableVersions;
import io.ghala.work.Closers;
import io.ghala.work.Work.Next;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FollowTablesTest {
    private static final TableName A = new TableName("a");
    private static final TableName B = new TableName("b");
    private static final TableSchema SCHEMA = new TableSchema(List.of(new Column("x", ScalarType.BIGINT)));

    private final BufferAllocator allocator = new RootAllocator();
    private final FakeSnapshots snapshots = new FakeSnapshots(SnapshotFormat.ARROW, allocator);
    private final LoadedStore tables = new LoadedStore(snapshots, allocator);
    private final MemoryFolderLooks looks = new MemoryFolderLooks();
    private final MemoryUnloadableVersions unloadable = new MemoryUnloadableVersions();
    private final Announced announced = new Announced();
    private final SettableClock clock = new SettableClock(Instant.EPOCH);
    private final FollowTables follow = new FollowTables(
            ConfigLoader.of(Map.of()).load(0),
            snapshots,
            looks,
            tables.store,
            unloadable,
            announced,
            tables.metrics,
            clock,
            new Closers());

    @AfterEach
    void everyVectorWasClosed() {
        tables.close();
        allocator.close();
    }

    private PartRef part(String value) {
        return snapshots.part(SCHEMA, List.of(List.of(value, "f", "")), 1);
    }

    private void publish(TableName table, PartRef... parts) {
        snapshots.publish(table, SCHEMA, List.of(parts));
    }

    /** Rounds until there is nothing to do. */
    private void settle() {
        while (follow.runOnce() == Next.AT_ONCE) {
            assertThat(snapshots.versionsAsked).hasSizeLessThan(1000);
        }
    }

    @Test
    void readsNoManifestWhileNothingChanges() {
        publish(A, part("1"));
        publish(B, part("1"));
        assertThat(follow.problem()).isPresent();
        settle();
        assertThat(follow.problem()).isEmpty();
        int read = snapshots.manifestsRead.get();
        for (int i = 0; i < 10; i++) {
            clock.advance(Duration.ofSeconds(1));
            settle();
        }
        assertThat(snapshots.manifestsRead).hasValue(read);
        assertThat(snapshots.versionsAsked).hasSizeGreaterThan(20);
    }

    @Test
    void aVersionThatCannotBeLoadedIsAnsweredByTheOneBeforeAndItsFileIsNamed() {
        PartRef good = part("1");
        publish(A, good);
        settle();
        TableSchema odd = new TableSchema(
                List.of(new Column("x", ScalarType.BIGINT), new Column("y\u0000z", ScalarType.VARCHAR)));
        PartRef brought = snapshots.part(
                odd,
                List.of(
                        List.of("2", "", "fine.json", ""),
                        List.of("3", "v", "bad.json", ""),
                        List.of("4", "", "other.json", "")),
                2);
        snapshots.publish(A, odd, List.of(good, brought));
        clock.advance(Duration.ofSeconds(1));
        settle();
        assertThat(tables.store.manifest(A).orElseThrow().parts()).containsExactly(good);
        assertThat(tables.store.stale(A)).isPresent();
        assertThat(unloadable.take(A)).hasValueSatisfying(report -> {
            assertThat(report.files()).containsExactly("bad.json");
            assertThat(report.version())
                    .isEqualTo(snapshots.manifest(A).orElseThrow().version());
        });
        clock.advance(Duration.ofMinutes(1));
        settle();
        assertThat(unloadable.take(A)).as("once for each version").isEmpty();
        publish(A, good, part("5"));
        settle();
        clock.advance(Duration.ofMinutes(1));
        settle();
        assertThat(tables.store.stale(A)).isEmpty();
        assertThat(tables.store.manifest(A)).isEqualTo(snapshots.manifest(A));
    }

    @Test
    void anAnnouncementMakesItLookAtThatTableAlone() {
        publish(A, part("1"));
        publish(B, part("1"));
        settle();
        snapshots.versionsAsked.clear();
        publish(A, part("2"));
        announced.listeners.forEach(
                listener -> listener.accept(new Announcement(A, Kind.SNAPSHOT, new SnapshotVersion(3))));
        settle();
        assertThat(snapshots.versionsAsked).containsOnly(A);
        assertThat(tables.store.manifest(A)).isEqualTo(snapshots.manifest(A));
    }

    @Test
    void aLostAnnouncementIsMadeUpForByTheTimerAndByAReconnect() {
        publish(A, part("1"));
        settle();
        publish(A, part("2"));
        settle();
        assertThat(tables.store.manifest(A)).isNotEqualTo(snapshots.manifest(A));
        clock.advance(Duration.ofSeconds(1));
        settle();
        assertThat(tables.store.manifest(A)).isEqualTo(snapshots.manifest(A));
        publish(A, part("3"));
        announced.gaps.forEach(Runnable::run);
        settle();
        assertThat(tables.store.manifest(A)).isEqualTo(snapshots.manifest(A));
    }

    @Test
    void ageCountsFromTheLookAtTheFolderAndNotFromComparingVersions() {
        publish(A, part("1"));
        settle();
        assertThat(tables.store.confirmed(A)).as("no look is known").isEmpty();
        looks.looked(A, new SnapshotVersion(1), Duration.ofSeconds(3));
        clock.advance(Duration.ofSeconds(1));
        settle();
        Instant look = clock.instant().minusSeconds(3);
        assertThat(tables.store.confirmed(A)).contains(look);
        for (int second = 1; second <= 30; second++) {
            clock.advance(Duration.ofSeconds(1));
            looks.looked(A, new SnapshotVersion(1), Duration.ofSeconds(3 + second));
            settle();
            assertThat(tables.store.confirmed(A))
                    .as("nobody looked for %d s", second)
                    .contains(look);
        }
    }

    @Test
    void aLookThatANewerVersionStandsForSaysNothingOfAnOlderOne() {
        publish(A, part("1"));
        looks.looked(A, new SnapshotVersion(1), Duration.ofSeconds(2));
        settle();
        Instant first = clock.instant().minusSeconds(2);
        PartRef broken = part("2");
        byte[] bytes = snapshots.stored.remove(broken.blobs().get(0).key());
        publish(A, broken);
        clock.advance(Duration.ofSeconds(10));
        looks.looked(A, new SnapshotVersion(2), Duration.ofSeconds(1));
        settle();
        assertThat(tables.store.confirmed(A)).contains(first);
        snapshots.stored.put(broken.blobs().get(0).key(), bytes);
        clock.advance(Duration.ofMinutes(1));
        settle();
        assertThat(tables.store.confirmed(A)).contains(clock.instant().minusSeconds(1));
    }

    @Test
    void theRefresherIsAskedForALookOnceForEachWish() {
        publish(A, part("1"));
        settle();
        follow.askForLook(A);
        settle();
        settle();
        assertThat(looks.asked()).containsExactly(A);
    }

    @Test
    void aVersionThatComesDuringALoadIsLoadedAtOnce() {
        publish(A, part("1"));
        PartRef newest = part("2");
        snapshots.beforeBlobs = () -> {
            snapshots.beforeBlobs = () -> {};
            publish(A, newest);
        };
        settle();
        assertThat(tables.store.manifest(A)).isEqualTo(snapshots.manifest(A));
    }

    @Test
    void aBrokenTableHoldsUpNoOtherAndIsTriedAgainWithPauses() {
        PartRef broken = part("1");
        byte[] bytes = snapshots.stored.remove(broken.blobs().get(0).key());
        publish(A, broken);
        publish(B, part("1"));
        settle();
        assertThat(tables.store.tables()).containsExactly(B);
        assertThat(follow.problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("table a"));
        for (int second = 0; second < 60; second++) {
            clock.advance(Duration.ofSeconds(1));
            settle();
        }
        assertThat(snapshots.repairs).hasSizeBetween(4, 8);
        snapshots.stored.put(broken.blobs().get(0).key(), bytes);
        clock.advance(Duration.ofMinutes(1));
        settle();
        assertThat(follow.problem()).isEmpty();
        assertThat(tables.store.tables()).contains(A, B);
    }

    /** Announcements made by the test. */
    private static final class Announced implements Announcements {
        private final List<Consumer<Announcement>> listeners = new ArrayList<>();
        private final List<Runnable> gaps = new ArrayList<>();

        @Override
        public AutoCloseable follow(Consumer<Announcement> listener, Runnable onGap) {
            listeners.add(listener);
            gaps.add(onGap);
            return () -> {};
        }
    }
}
