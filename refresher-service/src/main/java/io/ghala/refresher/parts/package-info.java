/** From rows to parts: how they are laid out, their values as vectors, their blobs. Nothing is stored here. */
@NullMarked
package io.ghala.refresher.parts;

import org.jspecify.annotations.NullMarked;
