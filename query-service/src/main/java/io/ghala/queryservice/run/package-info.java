/** Runs one statement within its bounds and renders the rows. */
@NullMarked
package io.ghala.queryservice.run;

import org.jspecify.annotations.NullMarked;
