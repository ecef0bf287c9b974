/** Decides before DuckDB does anything whether a statement only reads tables. */
@NullMarked
package io.ghala.queryservice.gate;

import org.jspecify.annotations.NullMarked;
