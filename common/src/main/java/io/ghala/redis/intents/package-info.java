/**
 * Queued writes in Redis: the stream of each table, what was applied, dead letters and the barrier of clean-ups.
 * Adapters of the ports of {@code io.ghala.intent}.
 */
@NullMarked
package io.ghala.redis.intents;

import org.jspecify.annotations.NullMarked;
