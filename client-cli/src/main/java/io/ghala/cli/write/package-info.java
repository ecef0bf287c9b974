/** Commands that change something: writes, imports, dead letters, clean-ups. */
@NullMarked
package io.ghala.cli.write;

import org.jspecify.annotations.NullMarked;
