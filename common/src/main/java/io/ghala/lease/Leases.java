package io.ghala.lease;

import io.ghala.model.TableName;
import java.util.Optional;

/** Leases on tables: whoever acquires renews well before the time to live runs out, or loses it. */
public interface Leases {
    /** The lease if it was free, else empty. */
    Optional<Lease> acquire(TableName table, String role);

    /** Extends the lease to its full time to live; false when it is not held any more. */
    boolean renew(Lease lease);

    /** Gives the lease back if it is still held. */
    void release(Lease lease);
}
