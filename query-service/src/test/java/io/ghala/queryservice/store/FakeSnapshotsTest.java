package io.ghala.queryservice.store;

import io.ghala.model.Column;
import io.ghala.model.ScalarType;
import io.ghala.model.SnapshotFormat;
import io.ghala.model.TableSchema;
import io.ghala.snapshot.SnapshotReader;
import io.ghala.testing.contract.SnapshotReaderContract;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;

class FakeSnapshotsTest implements SnapshotReaderContract {
    private final RootAllocator allocator = new RootAllocator();

    @AfterEach
    void close() {
        allocator.close();
    }

    @Override
    public SnapshotReader published() {
        FakeSnapshots snapshots = new FakeSnapshots(SnapshotFormat.ARROW, allocator);
        TableSchema schema = new TableSchema(List.of(new Column("id", ScalarType.BIGINT)));
        List<List<String>> rows = List.of(List.of("1", "a.csv", ""), List.of("2", "a.csv", ""));
        snapshots.publish(TABLE, schema, List.of(snapshots.part(schema, rows, 1)));
        return snapshots;
    }
}
