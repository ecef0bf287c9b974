/**
 * The tables in DuckDB and the versions that they stand for: every statement that changes them is here, and no other.
 */
@NullMarked
package io.ghala.queryservice.store;

import org.jspecify.annotations.NullMarked;
