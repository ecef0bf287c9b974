/** Blobs of a snapshot: Arrow vectors to bytes and back, one codec per format. */
@NullMarked
package io.ghala.snapshot.codec;

import org.jspecify.annotations.NullMarked;
