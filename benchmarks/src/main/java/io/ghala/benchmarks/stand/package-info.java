/** What is measured on: folders, Redis, service processes, a DuckDB beside them, and what waits for them. */
@NullMarked
package io.ghala.benchmarks.stand;

import org.jspecify.annotations.NullMarked;
