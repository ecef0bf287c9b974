/**
 * The benchmarks: each starts what it measures, checks its results, measures its peer or floor in the same run, and
 * gives the lines of a table in docs/benchmarks.md.
 */
@NullMarked
package io.ghala.benchmarks;

import org.jspecify.annotations.NullMarked;
