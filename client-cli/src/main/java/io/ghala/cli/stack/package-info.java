/** Processes on this machine: Redis and the services for {@code up}, and {@code demo} on top of them. */
@NullMarked
package io.ghala.cli.stack;

import org.jspecify.annotations.NullMarked;
