package io.ghala.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghala.lease.Lease;
import io.ghala.model.Epoch;
import io.ghala.model.SnapshotVersion;
import io.ghala.model.StreamId;
import io.ghala.snapshot.BlobRef;
import io.ghala.snapshot.CorruptSnapshotException;
import io.ghala.snapshot.Manifest;
import io.ghala.snapshot.SnapshotPublisher;
import io.ghala.snapshot.SnapshotPublisher.LostLeaseException;
import io.ghala.snapshot.SnapshotPublisher.StagingLostException;
import io.ghala.snapshot.SnapshotPublisher.StaleBaseException;
import io.ghala.snapshot.SnapshotPublisher.WatermarkMove;
import io.ghala.snapshot.SnapshotReader;
import io.ghala.snapshot.Watermark;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link SnapshotPublisher} does. */
public interface SnapshotPublisherContract extends SnapshotReaderContract {
    /** With nothing published. */
    SnapshotPublisher publisher();

    /** The lease of the table's refresher, which is held. */
    Lease held();

    /** Alters the stored bytes of a blob. */
    void damage(BlobRef blob);

    private static Lease zombie() {
        return new Lease(TABLE, "refresher", "0".repeat(32));
    }

    @Override
    default SnapshotReader published() {
        StoredTables tables = new StoredTables(publisher());
        tables.publisher()
                .publish(tables.publication(Optional.empty(), tables.stage("one", "two"), Optional.empty()), held());
        return tables.publisher();
    }

    @Test
    default void aPublicationIsReadBackAndVersionsGrow() {
        SnapshotPublisher publisher = publisher();
        StoredTables tables = new StoredTables(publisher);
        List<BlobRef> blobs = tables.stage("one");
        Manifest first = publisher.publish(tables.publication(Optional.empty(), blobs, Optional.empty()), held());
        assertThat(publisher.manifest(TABLE)).contains(first);
        assertThat(publisher.version(TABLE)).contains(first.version());
        assertThat(publisher.tables()).containsExactly(TABLE);
        assertThat(publisher.blobs(blobs)).containsExactly("one".getBytes(StandardCharsets.UTF_8));
        Manifest second = publisher.publish(
                tables.publication(Optional.of(first), tables.stage("two"), Optional.empty()), held());
        assertThat(second.version().isNewerThan(first.version())).isTrue();
        assertThat(publisher.version(TABLE)).contains(second.version());
    }

    @Test
    default void aStaleBaseALostLeaseAndBlobsThatAreNotStagedAreRefused() {
        SnapshotPublisher publisher = publisher();
        StoredTables tables = new StoredTables(publisher);
        Manifest first =
                publisher.publish(tables.publication(Optional.empty(), tables.stage("one"), Optional.empty()), held());
        List<BlobRef> blobs = tables.stage("two");
        assertThatThrownBy(
                        () -> publisher.publish(tables.publication(Optional.empty(), blobs, Optional.empty()), held()))
                .isInstanceOf(StaleBaseException.class);
        assertThatThrownBy(() ->
                        publisher.publish(tables.publication(Optional.of(first), blobs, Optional.empty()), zombie()))
                .isInstanceOf(LostLeaseException.class);
        publisher.discard(TABLE, blobs);
        assertThatThrownBy(() ->
                        publisher.publish(tables.publication(Optional.of(first), blobs, Optional.empty()), held()))
                .isInstanceOf(StagingLostException.class);
        assertThat(publisher.manifest(TABLE)).contains(first);
    }

    @Test
    default void theWatermarkMovesWithAVersionOrAlone() {
        SnapshotPublisher publisher = publisher();
        StoredTables tables = new StoredTables(publisher);
        Epoch epoch = new Epoch("00000000000000aa");
        Manifest manifest = publisher.publish(
                tables.publication(
                        Optional.empty(), tables.stage("x"), Optional.of(new WatermarkMove(epoch, new StreamId(5, 0)))),
                held());
        assertThat(publisher.watermark(TABLE)).contains(new Watermark(epoch, new StreamId(5, 0), manifest.version()));
        Watermark next = new Watermark(epoch, new StreamId(6, 0), manifest.version());
        publisher.moveWatermark(TABLE, next, held());
        assertThatThrownBy(() -> publisher.moveWatermark(TABLE, next, zombie())).isInstanceOf(LostLeaseException.class);
        assertThatThrownBy(() -> publisher.moveWatermark(
                        TABLE, new Watermark(epoch, new StreamId(7, 0), new SnapshotVersion(987_654)), held()))
                .isInstanceOf(StaleBaseException.class);
        assertThat(publisher.watermark(TABLE)).contains(next);
    }

    @Test
    default void aWithdrawnTableIsGoneAndBeginsAnew() {
        SnapshotPublisher publisher = publisher();
        StoredTables tables = new StoredTables(publisher);
        Optional<WatermarkMove> mark =
                Optional.of(new WatermarkMove(new Epoch("00000000000000aa"), new StreamId(5, 0)));
        publisher.publish(tables.publication(Optional.empty(), tables.stage("x"), mark), held());
        assertThatThrownBy(() -> publisher.withdraw(TABLE, zombie())).isInstanceOf(LostLeaseException.class);
        publisher.withdraw(TABLE, held());
        assertThat(publisher.manifest(TABLE)).isEmpty();
        assertThat(publisher.watermark(TABLE)).isEmpty();
        assertThat(publisher.tables()).isEmpty();
        publisher.publish(tables.publication(Optional.empty(), tables.stage("y"), Optional.empty()), held());
        assertThat(publisher.tables()).containsExactly(TABLE);
    }

    @Test
    default void anAlteredBlobIsNoticed() {
        SnapshotPublisher publisher = publisher();
        List<BlobRef> blobs = new StoredTables(publisher).stage("abc");
        damage(blobs.get(0));
        assertThatThrownBy(() -> publisher.blobs(blobs)).isInstanceOf(CorruptSnapshotException.class);
    }

    @Test
    default void aRepairIsTakenOnce() {
        SnapshotPublisher publisher = publisher();
        assertThat(publisher.takeRepairRequest(TABLE)).isFalse();
        publisher.requestRepair(TABLE, "a blob is gone");
        publisher.requestRepair(TABLE, "a blob is gone");
        assertThat(publisher.takeRepairRequest(TABLE)).isTrue();
        assertThat(publisher.takeRepairRequest(TABLE)).isFalse();
    }
}
