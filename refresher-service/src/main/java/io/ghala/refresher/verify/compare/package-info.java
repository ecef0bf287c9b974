/** Comparing the folder with what is published, and finding the blobs that differ. */
@NullMarked
package io.ghala.refresher.verify.compare;

import org.jspecify.annotations.NullMarked;
