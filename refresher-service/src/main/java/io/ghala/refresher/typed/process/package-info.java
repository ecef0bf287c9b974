/** The process that reads typed files, seen from both of its sides. */
@NullMarked
package io.ghala.refresher.typed.process;

import org.jspecify.annotations.NullMarked;
