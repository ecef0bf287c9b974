package io.ghala.lease;

import io.ghala.config.GhalaConfig.RedisSettings;
import io.ghala.model.TableName;
import io.ghala.work.Closers;
import io.ghala.work.Signal;
import io.ghala.work.Work;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tables whose role this process has taken; renews their leases well before they run out. */
public final class HeldLeases implements Work {
    private static final Logger log = LoggerFactory.getLogger(HeldLeases.class);

    private final Leases leases;
    private final String role;
    private final Duration pause;
    private final Map<TableName, Lease> held = new ConcurrentHashMap<>();
    private final Signal wakeUp = new Signal();

    /** {@code role} is the role on each table, for example {@code refresher}. */
    public HeldLeases(Leases leases, String role, RedisSettings settings, Closers closers) {
        this.leases = leases;
        this.role = role;
        this.pause = settings.leaseTtl().dividedBy(3);
        closers.register("leases", this::releaseAll);
    }

    /** The lease on the table, acquired if it is free; empty while another process has it. */
    public Optional<Lease> of(TableName table) {
        Lease lease = held.get(table);
        if (lease != null) {
            return Optional.of(lease);
        }
        Optional<Lease> acquired = leases.acquire(table, role);
        acquired.ifPresent(fresh -> {
            held.put(table, fresh);
            log.info("lease acquired table={} role={}", table, role);
        });
        return acquired;
    }

    /** Forgets a lease that turned out to be another's now. */
    public void lost(TableName table) {
        if (held.remove(table) != null) {
            log.warn("lease lost table={}", table);
        }
    }

    @Override
    public String name() {
        return "leases";
    }

    @Override
    public Duration pause() {
        return pause;
    }

    @Override
    public Signal wakeUp() {
        return wakeUp;
    }

    @Override
    public Next runOnce() {
        held.values().forEach(lease -> {
            if (!leases.renew(lease)) {
                lost(lease.table());
            }
        });
        return Next.AFTER_PAUSE;
    }

    private void releaseAll() {
        held.values().forEach(leases::release);
        held.clear();
    }
}
