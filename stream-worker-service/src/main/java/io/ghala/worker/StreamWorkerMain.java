package io.ghala.worker;

import io.ghala.presence.ServiceKind;
import io.ghala.service.ServiceLauncher;

/** Starts the stream-worker-service. */
public final class StreamWorkerMain {
    private StreamWorkerMain() {}

    public static void main(String[] args) {
        System.exit(ServiceLauncher.run(ServiceKind.STREAM_WORKER, 0, args, config -> new StreamWorkerModule()));
    }
}
