package io.ghala.worker;

/** Starts the process. */
public final class StreamWorkerMain {
    private StreamWorkerMain() {}

    public static void main(String[] args) {
        System.out.println("stream-worker-service");
    }
}
