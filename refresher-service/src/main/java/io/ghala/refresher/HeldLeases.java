package io.ghala.refresher;

import io.ghala.config.GhalaConfig.RedisSettings;
import io.ghala.model.TableName;
import io.ghala.redis.Lease;
import io.ghala.redis.Leases;
import io.ghala.service.Closers;
import io.ghala.service.Signal;
import io.ghala.service.Work;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tables that this process publishes; renews their leases well before they run out. */
final class HeldLeases implements Work {
    private static final Logger log = LoggerFactory.getLogger(HeldLeases.class);
    private static final String ROLE = "refresher";

    private final Leases leases;
    private final Duration pause;
    private final Map<TableName, Lease> held = new ConcurrentHashMap<>();
    private final Signal wakeUp = new Signal();

    @Inject
    HeldLeases(Leases leases, RedisSettings settings, Closers closers) {
        this.leases = leases;
        this.pause = settings.leaseTtl().dividedBy(3);
        closers.register("leases", this::releaseAll);
    }

    /** The lease on the table, acquired if it is free; empty while another process has it. */
    Optional<Lease> of(TableName table) {
        Lease lease = held.get(table);
        if (lease != null) {
            return Optional.of(lease);
        }
        Optional<Lease> acquired = leases.acquire(table, ROLE);
        acquired.ifPresent(fresh -> {
            held.put(table, fresh);
            log.info("lease acquired table={}", table);
        });
        return acquired;
    }

    /** Forgets a lease that turned out to be another's now. */
    void lost(TableName table) {
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
