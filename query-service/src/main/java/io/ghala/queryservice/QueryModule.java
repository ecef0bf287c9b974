package io.ghala.queryservice;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import io.ghala.config.GhalaConfig;
import io.ghala.config.GhalaConfig.QuerySettings;
import io.ghala.queryservice.answer.AnswerQuery;
import io.ghala.queryservice.answer.AwaitTables;
import io.ghala.queryservice.gate.BindParameters;
import io.ghala.queryservice.gate.SqlGate;
import io.ghala.queryservice.gate.SqlParser;
import io.ghala.queryservice.http.AnswerPlaces;
import io.ghala.queryservice.http.RefreshRoute;
import io.ghala.queryservice.http.RequestRecords;
import io.ghala.queryservice.http.RequestsRoute;
import io.ghala.queryservice.http.RequireToken;
import io.ghala.queryservice.http.SqlHandler;
import io.ghala.queryservice.http.SqlRoute;
import io.ghala.queryservice.http.TablesRoute;
import io.ghala.queryservice.http.WriteRoute;
import io.ghala.queryservice.http.WriteStateRoute;
import io.ghala.queryservice.inbox.TakeRequests;
import io.ghala.queryservice.load.FollowTables;
import io.ghala.queryservice.run.LeaveProcess;
import io.ghala.queryservice.run.PoisonStatements;
import io.ghala.queryservice.run.RunStatement;
import io.ghala.queryservice.run.RunningStatements;
import io.ghala.queryservice.store.TableStore;
import io.ghala.web.TextRoute;
import io.ghala.work.Closers;
import io.ghala.work.ReadinessCheck;
import io.ghala.work.Work;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.eclipse.jetty.server.Handler;

/** Wires the query-service. */
final class QueryModule extends AbstractModule {
    private final GhalaConfig config;

    QueryModule(GhalaConfig config) {
        this.config = config;
    }

    @Override
    protected void configure() {
        bind(QuerySettings.class).toInstance(config.query());
        bind(SqlParser.class).in(Singleton.class);
        bind(SqlGate.class).in(Singleton.class);
        bind(BindParameters.class).in(Singleton.class);
        bind(TableStore.class).in(Singleton.class);
        bind(FollowTables.class).in(Singleton.class);
        bind(AwaitTables.class).in(Singleton.class);
        bind(RunStatement.class).in(Singleton.class);
        bind(RunningStatements.class).in(Singleton.class);
        bind(LeaveProcess.class).in(Singleton.class);
        bind(PoisonStatements.class).in(Singleton.class);
        bind(AnswerQuery.class).in(Singleton.class);
        bind(TakeRequests.class).in(Singleton.class);
        bind(SqlRoute.class).in(Singleton.class);
        bind(WriteRoute.class).in(Singleton.class);
        bind(WriteStateRoute.class).in(Singleton.class);
        bind(RefreshRoute.class).in(Singleton.class);
        bind(TablesRoute.class).in(Singleton.class);
        bind(RequestsRoute.class).in(Singleton.class);
        bind(RequestRecords.class).in(Singleton.class);
        bind(AnswerPlaces.class).in(Singleton.class);
        bind(RequireToken.class).in(Singleton.class);
        bind(SqlHandler.class).in(Singleton.class);
        Multibinder<Work> works = Multibinder.newSetBinder(binder(), Work.class);
        works.addBinding().to(FollowTables.class);
        works.addBinding().to(TakeRequests.class);
        works.addBinding().to(PoisonStatements.class);
        Multibinder<ReadinessCheck> checks = Multibinder.newSetBinder(binder(), ReadinessCheck.class);
        checks.addBinding().to(FollowTables.class);
        checks.addBinding().to(RunningStatements.class);
        Multibinder.newSetBinder(binder(), Handler.class).addBinding().to(SqlHandler.class);
        Multibinder.newSetBinder(binder(), TextRoute.class).addBinding().toInstance(new TextRoute("/sql"));
    }

    @Provides
    @Singleton
    BufferAllocator allocator(Closers closers) {
        return closers.register("vectors", new RootAllocator());
    }
}
