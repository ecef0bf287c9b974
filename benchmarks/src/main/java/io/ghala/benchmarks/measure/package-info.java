/** A class per benchmark, and the floors that they are held against. */
@NullMarked
package io.ghala.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
