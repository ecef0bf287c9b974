/**
 * The last good rows of files that became unreadable, kept in {@code .ghala/keep} beside the tables: with them the
 * folder still says all that is published, so that building from nothing gives the same table.
 */
@NullMarked
package io.ghala.refresher.keep;

import org.jspecify.annotations.NullMarked;
