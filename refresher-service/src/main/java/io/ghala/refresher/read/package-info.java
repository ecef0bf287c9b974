/**
 * Reads files strictly into rows of tokens: the text of every cell as it was written, with what kind of token it is.
 * Nothing is typed here; the evidence for types is gathered on the way.
 */
@NullMarked
package io.ghala.refresher.read;

import org.jspecify.annotations.NullMarked;
