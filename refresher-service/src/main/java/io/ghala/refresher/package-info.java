/** Reads the folder and publishes snapshots. */
@NullMarked
package io.ghala.refresher;

import org.jspecify.annotations.NullMarked;
