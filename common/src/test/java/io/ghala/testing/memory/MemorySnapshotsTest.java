package io.ghala.testing.memory;

import io.ghala.lease.Lease;
import io.ghala.snapshot.BlobRef;
import io.ghala.snapshot.SnapshotPublisher;
import io.ghala.testing.contract.SnapshotPublisherContract;

class MemorySnapshotsTest implements SnapshotPublisherContract {
    private final MemorySnapshots snapshots = new MemorySnapshots();

    @Override
    public SnapshotPublisher publisher() {
        return snapshots;
    }

    @Override
    public Lease held() {
        return new Lease(TABLE, "refresher", "mine");
    }

    @Override
    public void damage(BlobRef blob) {
        snapshots.damage(blob);
    }
}
