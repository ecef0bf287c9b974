package io.ghala.presence;

import java.time.Instant;

/**
 * Which process this is.
 *
 * @param instance 16 hexadecimal digits, different for every start
 */
public record ServiceIdentity(ServiceKind kind, String instance, long pid, String host, Instant startedAt) {}
