package io.ghala.refresher;

import com.google.inject.Module;
import io.ghala.config.GhalaConfig;
import io.ghala.presence.ServiceKind;
import io.ghala.service.ServiceLauncher;

/** Starts the refresher-service. */
public final class RefresherMain {
    private RefresherMain() {}

    public static void main(String[] args) {
        System.exit(ServiceLauncher.run(ServiceKind.REFRESHER, 0, args, RefresherMain::module));
    }

    private static Module module(GhalaConfig config) {
        WarmUp.start(config);
        return new RefresherModule();
    }
}
