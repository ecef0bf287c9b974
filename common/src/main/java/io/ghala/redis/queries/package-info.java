/** Statements and their answers over Redis. Adapters of the ports of {@code io.ghala.query}. */
@NullMarked
package io.ghala.redis.queries;

import org.jspecify.annotations.NullMarked;
