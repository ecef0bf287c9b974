package io.ghala.queryservice.run;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.locks.ReentrantLock;
import org.duckdb.DuckDBConnection;

/**
 * Interrupts what a connection is doing. {@link java.sql.Statement#cancel()} of the driver does so only inside
 * {@code execute}: between two batches of a streamed result it returns without an effect. So the connection's own
 * interrupt is called, which the driver keeps to itself.
 */
final class Interrupt {
    private static final Field LOCK;
    private static final Method INTERRUPT;

    static {
        try {
            LOCK = DuckDBConnection.class.getDeclaredField("connRefLock");
            INTERRUPT = DuckDBConnection.class.getDeclaredMethod("interrupt");
            LOCK.setAccessible(true);
            INTERRUPT.setAccessible(true);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private Interrupt() {}

    /** False when it could not be interrupted at the moment, since the driver prepares a statement. */
    static boolean of(DuckDBConnection connection) {
        try {
            ReentrantLock lock = (ReentrantLock) LOCK.get(connection);
            if (!lock.tryLock()) {
                return false;
            }
            try {
                INTERRUPT.invoke(connection);
                return true;
            } finally {
                lock.unlock();
            }
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("DuckDB's connection cannot be interrupted", e);
        }
    }
}
