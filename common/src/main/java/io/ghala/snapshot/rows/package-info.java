/**
 * The rows of a published version as every reader sees them: hidden rows left out, every part in the types of the
 * table.
 */
@NullMarked
package io.ghala.snapshot.rows;

import org.jspecify.annotations.NullMarked;
