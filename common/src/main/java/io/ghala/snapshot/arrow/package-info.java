/** Arrow forms of schemas and rows. */
@NullMarked
package io.ghala.snapshot.arrow;

import org.jspecify.annotations.NullMarked;
