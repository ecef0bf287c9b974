/** Commands that show state. */
@NullMarked
package io.ghala.cli.look;

import org.jspecify.annotations.NullMarked;
