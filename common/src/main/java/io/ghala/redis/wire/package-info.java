/**
 * How anything is said to Redis: connections, scripts, names of keys, and what a failure means. No key is read or
 * written here.
 */
@NullMarked
package io.ghala.redis.wire;

import org.jspecify.annotations.NullMarked;
