package io.ghala.testing.memory;

import io.ghala.snapshot.ParquetFiles;
import io.ghala.testing.contract.ParquetFilesContract;

class MemoryParquetFilesTest implements ParquetFilesContract {
    @Override
    public ParquetFiles files() {
        return new MemoryParquetFiles();
    }
}
