/**
 * Columns in the form of Apache Arrow. Here belongs what says how a type of the domain is laid out in vectors; reading
 * and writing them does not.
 */
@NullMarked
package io.ghala.arrow;

import org.jspecify.annotations.NullMarked;
