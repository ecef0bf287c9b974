package io.ghala.testing.memory;

import io.ghala.lease.Lease;
import io.ghala.lease.Leases;
import io.ghala.model.TableName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Leases in memory, which last until they are released or taken away. */
public final class MemoryLeases implements Leases {
    private final Map<String, Lease> held = new HashMap<>();
    private int tokens;

    private static String key(TableName table, String role) {
        return table + " " + role;
    }

    /** Gives the lease to another process, whoever held it. */
    public void takeAway(TableName table, String role) {
        held.put(key(table, role), fresh(table, role));
    }

    /** Frees all leases, as when the processes that held them are gone. */
    public void free() {
        held.clear();
    }

    private Lease fresh(TableName table, String role) {
        return new Lease(table, role, String.format("%032d", ++tokens));
    }

    @Override
    public Optional<Lease> acquire(TableName table, String role) {
        if (held.containsKey(key(table, role))) {
            return Optional.empty();
        }
        Lease lease = fresh(table, role);
        held.put(key(table, role), lease);
        return Optional.of(lease);
    }

    @Override
    public boolean renew(Lease lease) {
        return lease.equals(held.get(key(lease.table(), lease.role())));
    }

    @Override
    public void release(Lease lease) {
        held.remove(key(lease.table(), lease.role()), lease);
    }
}
