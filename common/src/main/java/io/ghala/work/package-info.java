/**
 * Work that a process does again and again, and its orderly end: loops, signals, closers, readiness. Nothing here knows
 * what the work is about.
 */
@NullMarked
package io.ghala.work;

import org.jspecify.annotations.NullMarked;
