/** Hashes of rows, columns and groups of rows that are free of the order of rows. */
@NullMarked
package io.ghala.refresher.verify.hash;

import org.jspecify.annotations.NullMarked;
