/**
 * A TCP proxy between the services and Redis that delays, cuts, loses answers, holds single commands and alters them.
 */
@NullMarked
package io.ghala.chaos.wire;

import org.jspecify.annotations.NullMarked;
