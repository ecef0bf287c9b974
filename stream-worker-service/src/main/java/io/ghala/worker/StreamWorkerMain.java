package io.ghala.worker;

import io.ghala.service.ServiceLauncher;

/** Starts the stream-worker-service. */
public final class StreamWorkerMain {
    private StreamWorkerMain() {}

    public static void main(String[] args) {
        System.exit(ServiceLauncher.run("stream-worker-service", 0, args, config -> new StreamWorkerModule()));
    }
}
