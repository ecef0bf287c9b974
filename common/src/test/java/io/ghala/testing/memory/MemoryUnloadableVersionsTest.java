package io.ghala.testing.memory;

import io.ghala.snapshot.UnloadableVersions;
import io.ghala.testing.contract.UnloadableVersionsContract;

class MemoryUnloadableVersionsTest implements UnloadableVersionsContract {
    @Override
    public UnloadableVersions versions() {
        return new MemoryUnloadableVersions();
    }
}
