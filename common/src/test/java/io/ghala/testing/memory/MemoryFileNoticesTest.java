package io.ghala.testing.memory;

import io.ghala.folder.FileNotices;
import io.ghala.testing.contract.FileNoticesContract;

class MemoryFileNoticesTest implements FileNoticesContract {
    @Override
    public FileNotices notices() {
        return new MemoryFileNotices();
    }
}
