package io.ghala.parquetwriter;

import io.ghala.model.SnapshotFormat;
import io.ghala.snapshot.SnapshotReader;
import io.ghala.testing.contract.SnapshotReaderContract;
import java.io.IOException;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;

class PublishedTablesTest implements SnapshotReaderContract {
    private final RootAllocator allocator = new RootAllocator();

    @AfterEach
    void close() {
        allocator.close();
    }

    @Override
    public SnapshotReader published() throws IOException {
        PublishedTables tables = new PublishedTables(allocator);
        tables.publish(TABLE, 1, SnapshotFormat.ARROW, 2);
        return tables;
    }
}
