/**
 * Rows of a single file for programs outside of the refresher, by the readers of the folder. Nothing here keeps
 * anything.
 */
@NullMarked
package io.ghala.refresher.print;

import org.jspecify.annotations.NullMarked;
