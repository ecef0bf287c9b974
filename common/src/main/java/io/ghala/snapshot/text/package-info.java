/** Rows of Arrow vectors as JSON and CSV text. */
@NullMarked
package io.ghala.snapshot.text;

import org.jspecify.annotations.NullMarked;
