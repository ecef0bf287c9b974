package io.ghala.refresher.verify;

import java.time.Duration;

/** Waits until the services had time to follow the folder. */
public interface Pause {
    void pause(Duration duration) throws InterruptedException;
}
