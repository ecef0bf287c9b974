/** Figures, their units, what they are compared with and what is to be reached. */
@NullMarked
package io.ghala.benchmarks.figures;

import org.jspecify.annotations.NullMarked;
