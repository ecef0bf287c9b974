/** Answers SQL over published snapshots. */
@NullMarked
package io.ghala.queryservice;

import org.jspecify.annotations.NullMarked;
