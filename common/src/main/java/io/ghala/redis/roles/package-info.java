/**
 * Who is there and who holds which role, in Redis. Adapters of the ports of {@code io.ghala.presence} and
 * {@code io.ghala.lease}.
 */
@NullMarked
package io.ghala.redis.roles;

import org.jspecify.annotations.NullMarked;
