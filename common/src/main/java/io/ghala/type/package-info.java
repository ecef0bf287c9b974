/**
 * From evidence to types. Evidence is a semilattice, so the type of a column depends on the set of files alone, never
 * on their order or grouping.
 */
@NullMarked
package io.ghala.type;

import org.jspecify.annotations.NullMarked;
