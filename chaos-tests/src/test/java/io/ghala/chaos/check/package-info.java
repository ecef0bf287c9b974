/** Decides whether a history keeps the promises. Pure functions: the same history always gives the same violations. */
@NullMarked
package io.ghala.chaos.check;

import org.jspecify.annotations.NullMarked;
