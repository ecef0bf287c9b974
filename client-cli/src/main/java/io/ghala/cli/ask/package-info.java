/** Commands that ask: one statement, or one after the other in the shell. */
@NullMarked
package io.ghala.cli.ask;

import org.jspecify.annotations.NullMarked;
