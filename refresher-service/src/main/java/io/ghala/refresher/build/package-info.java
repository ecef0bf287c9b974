/** Casts tokens into Arrow vectors of the final types and encodes them as parts and blobs. */
@NullMarked
package io.ghala.refresher.build;

import org.jspecify.annotations.NullMarked;
