/**
 * A reader for each format, from the bytes of a file to rows. Each takes only what is beyond doubt and names the place
 * of what is not.
 */
@NullMarked
package io.ghala.refresher.read.format;

import org.jspecify.annotations.NullMarked;
