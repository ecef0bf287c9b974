package io.ghala.service;

import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.jvm.GarbageCollectorMetricSet;
import com.codahale.metrics.jvm.MemoryUsageGaugeSet;
import com.codahale.metrics.jvm.ThreadStatesGaugeSet;
import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import io.ghala.config.GhalaConfig;
import io.ghala.config.GhalaConfig.HttpSettings;
import io.ghala.presence.ServiceIdentity;
import io.ghala.presence.ServiceKind;
import io.ghala.web.TextRoute;
import io.ghala.work.ReadinessCheck;
import io.ghala.work.Work;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.server.Handler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What every service has beside a {@link ProcessModule}: metrics, presence and the HTTP side. */
final class ServiceModule extends AbstractModule {
    private static final Logger log = LoggerFactory.getLogger(ServiceModule.class);
    private final ServiceKind kind;
    private final GhalaConfig config;
    private final CompletableFuture<Integer> stop;

    ServiceModule(ServiceKind kind, GhalaConfig config, CompletableFuture<Integer> stop) {
        this.kind = kind;
        this.config = config;
        this.stop = stop;
    }

    @Override
    protected void configure() {
        install(new ProcessModule(config));
        bind(HttpSettings.class).toInstance(config.http());
        bind(FatalStop.class).toInstance(this::fail);
        bind(FailPoints.class).toInstance(FailPoints.parse(config.failPoints()));
        bind(ServiceHealth.class).in(Singleton.class);
        bind(OperationsServer.class).in(Singleton.class);
        bind(PresenceWork.class).in(Singleton.class);
        bind(RunningService.class).in(Singleton.class);
        Multibinder.newSetBinder(binder(), Work.class);
        Multibinder.newSetBinder(binder(), ReadinessCheck.class);
        Multibinder.newSetBinder(binder(), Handler.class);
        Multibinder.newSetBinder(binder(), TextRoute.class);
    }

    private void fail(String reason) {
        if (stop.complete(1)) {
            log.error("service must restart reason=\"{}\"", reason);
        }
    }

    @Provides
    @Singleton
    ServiceIdentity identity(Clock clock) {
        String instance = String.format("%016x", new SecureRandom().nextLong());
        return new ServiceIdentity(kind, instance, ProcessHandle.current().pid(), host(), clock.instant());
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            log.debug("host name unknown", e);
            return "localhost";
        }
    }

    @Provides
    @Singleton
    MetricRegistry metrics() {
        MetricRegistry metrics = new MetricRegistry();
        metrics.registerAll("jvm.memory", new MemoryUsageGaugeSet());
        metrics.registerAll("jvm.gc", new GarbageCollectorMetricSet());
        metrics.registerAll("jvm.threads", new ThreadStatesGaugeSet());
        return metrics;
    }
}
