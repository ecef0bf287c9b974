/**
 * What reading hands over: columns of tokens, whose rows they are, and why a file could not be read. Which format they
 * came from is not known here.
 */
@NullMarked
package io.ghala.refresher.rows;

import org.jspecify.annotations.NullMarked;
