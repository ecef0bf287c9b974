package io.ghala.snapshot;

import java.util.function.Consumer;

/** Hears announcements of all tables. */
public interface Announcements {
    /**
     * Calls {@code listener} for each announcement from a thread of its own, reconnecting by itself, and {@code onGap}
     * after each (re)connect, when hints may have been missed. Neither may block for long.
     */
    AutoCloseable follow(Consumer<Announcement> listener, Runnable onGap);
}
