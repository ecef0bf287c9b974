package io.ghala.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.lease.Lease;
import io.ghala.lease.Leases;
import io.ghala.model.TableName;
import org.junit.jupiter.api.Test;

/** What every {@link Leases} does. */
public interface LeasesContract {
    /** With every lease free. */
    Leases leases();

    @Test
    default void oneHoldsALeaseAndOnlyItsHolderRenewsOrReleasesIt() {
        Leases leases = leases();
        TableName table = new TableName("orders");
        Lease lease = leases.acquire(table, "refresher").orElseThrow();
        assertThat(leases.acquire(table, "refresher")).isEmpty();
        assertThat(leases.acquire(table, "parquet")).isPresent();
        assertThat(leases.renew(lease)).isTrue();
        Lease other = new Lease(table, "refresher", "1".repeat(32));
        leases.release(other);
        assertThat(leases.renew(other)).isFalse();
        assertThat(leases.renew(lease)).isTrue();
        leases.release(lease);
        assertThat(leases.renew(lease)).isFalse();
        assertThat(leases.acquire(table, "refresher")).isPresent();
    }
}
