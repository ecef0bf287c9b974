package io.ghala.testing.memory;

import io.ghala.lease.Leases;
import io.ghala.testing.contract.LeasesContract;

class MemoryLeasesTest implements LeasesContract {
    @Override
    public Leases leases() {
        return new MemoryLeases();
    }
}
