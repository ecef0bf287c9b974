package io.ghala.testing.memory;

import io.ghala.folder.ReadAnewRequests;
import io.ghala.testing.contract.ReadAnewRequestsContract;

class MemoryReadAnewRequestsTest implements ReadAnewRequestsContract {
    @Override
    public ReadAnewRequests requests() {
        return new MemoryReadAnewRequests();
    }
}
