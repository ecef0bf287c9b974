package io.ghala.presence;

import java.time.Instant;

/**
 * Which process this is.
 *
 * @param kind the service's jar name, for example {@code query-service}
 * @param instance 16 hexadecimal digits, different for every start
 */
public record ServiceIdentity(String kind, String instance, long pid, String host, Instant startedAt) {}
