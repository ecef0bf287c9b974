/**
 * Reads Parquet and Arrow files in a process of its own, since a damaged file may end the process that reads it. The
 * child turns their vectors into tokens with the evidence that their types declare; the parent takes blocks of tokens
 * and trusts nothing else.
 */
@NullMarked
package io.ghala.refresher.typed;

import org.jspecify.annotations.NullMarked;
