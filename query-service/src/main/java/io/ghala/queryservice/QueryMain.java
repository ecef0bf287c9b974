package io.ghala.queryservice;

import io.ghala.presence.ServiceKind;
import io.ghala.service.ServiceLauncher;

/** Starts the query-service. */
public final class QueryMain {
    private static final int PORT = 8080;

    private QueryMain() {}

    public static void main(String[] args) {
        System.exit(ServiceLauncher.run(ServiceKind.QUERY, PORT, args, QueryModule::new));
    }
}
