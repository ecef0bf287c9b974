/**
 * The only code that speaks to Redis: the key schema, one class per Lua script, and the adapters behind the ports of
 * the other packages.
 */
@NullMarked
package io.ghala.redis;

import org.jspecify.annotations.NullMarked;
