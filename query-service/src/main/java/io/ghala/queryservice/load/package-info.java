/** Keeps each table of DuckDB at the newest published version. */
@NullMarked
package io.ghala.queryservice.load;

import org.jspecify.annotations.NullMarked;
