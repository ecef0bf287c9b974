package io.ghala.refresher;

import io.ghala.service.ServiceLauncher;

/** Starts the refresher-service. */
public final class RefresherMain {
    private RefresherMain() {}

    public static void main(String[] args) {
        System.exit(ServiceLauncher.run("refresher-service", 0, args, config -> new RefresherModule()));
    }
}
