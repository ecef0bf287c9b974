package io.ghala.redis.wire;

/** Redis refused a command, so nothing happened: it is full, read-only, misconfigured, or the command does not fit. */
public final class RedisRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RedisRefusedException(String message) {
        super(message);
    }

    public RedisRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
