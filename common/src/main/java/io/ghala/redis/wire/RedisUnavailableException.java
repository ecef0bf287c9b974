package io.ghala.redis.wire;

/** Redis did not answer; whether the last command took effect is unknown. Try again. */
public final class RedisUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RedisUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
