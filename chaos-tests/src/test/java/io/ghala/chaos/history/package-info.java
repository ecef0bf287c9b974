/**
 * What happened in a run: writes with their attempts, what readers saw, what was there at the end. Plain values,
 * without behaviour of their own.
 */
@NullMarked
package io.ghala.chaos.history;

import org.jspecify.annotations.NullMarked;
