/** What the process that reads typed files sends, and reading it without believing it. */
@NullMarked
package io.ghala.refresher.typed.frames;

import org.jspecify.annotations.NullMarked;
