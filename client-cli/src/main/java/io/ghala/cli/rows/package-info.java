/** Rows on their way to where they are printed. */
@NullMarked
package io.ghala.cli.rows;

import org.jspecify.annotations.NullMarked;
