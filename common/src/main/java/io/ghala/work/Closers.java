package io.ghala.work;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes what was registered, last in first out; each is closed even when others fail. */
public final class Closers implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Closers.class);
    private final Deque<Named> registered = new ArrayDeque<>();
    private boolean closed;

    @jakarta.inject.Inject
    public Closers() {}

    /** Registers {@code closer}; returns it. After {@link #close()} it is closed at once. */
    public <T extends AutoCloseable> T register(String name, T closer) {
        synchronized (this) {
            if (!closed) {
                registered.push(new Named(name, closer));
                return closer;
            }
        }
        close(new Named(name, closer));
        return closer;
    }

    @Override
    public void close() {
        while (true) {
            Named next;
            synchronized (this) {
                closed = true;
                next = registered.poll();
            }
            if (next == null) {
                return;
            }
            close(next);
        }
    }

    private static void close(Named closer) {
        try {
            closer.closer().close();
        } catch (Exception e) {
            log.warn("close failed name={} problem=\"{}\"", closer.name(), e.getMessage(), e);
        }
    }

    private record Named(String name, AutoCloseable closer) {}
}
