package io.ghala.testing.memory;

import io.ghala.lease.Lease;
import io.ghala.model.TableName;
import io.ghala.snapshot.FolderLooks;
import io.ghala.testing.contract.FolderLooksContract;

class MemoryFolderLooksTest implements FolderLooksContract {
    @Override
    public FolderLooks looks() {
        return new MemoryFolderLooks();
    }

    @Override
    public Lease held(TableName table) {
        return new Lease(table, "refresher", "mine");
    }
}
