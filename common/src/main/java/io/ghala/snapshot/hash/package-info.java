/** Hashes of content: of a part in its order, and of a table free of order and layout. */
@NullMarked
package io.ghala.snapshot.hash;

import org.jspecify.annotations.NullMarked;
