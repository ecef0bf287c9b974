package io.ghala.chaos.cluster;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** SIGSTOP and SIGCONT, which Java cannot send. */
public final class Signals {
    private Signals() {}

    public static void pause(long pid) throws IOException, InterruptedException {
        send("STOP", pid);
    }

    public static void resume(long pid) throws IOException, InterruptedException {
        send("CONT", pid);
    }

    private static void send(String signal, long pid) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                .redirectErrorStream(true)
                .start();
        if (!kill.waitFor(10, TimeUnit.SECONDS)) {
            throw new IOException("kill -" + signal + " " + pid + " does not end");
        }
    }
}
