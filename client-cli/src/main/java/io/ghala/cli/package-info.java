/** The command line. */
@NullMarked
package io.ghala.cli;

import org.jspecify.annotations.NullMarked;
