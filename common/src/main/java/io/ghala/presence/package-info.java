/**
 * Which processes there are: what a running service is called and the board where it shows itself. The way to that
 * board is not here.
 */
@NullMarked
package io.ghala.presence;

import org.jspecify.annotations.NullMarked;
