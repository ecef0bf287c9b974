/**
 * From a change of the folder to a table's index and parts: reading in waves, keeping what was refused, building parts.
 * Nothing is published here.
 */
@NullMarked
package io.ghala.refresher.change;

import org.jspecify.annotations.NullMarked;
