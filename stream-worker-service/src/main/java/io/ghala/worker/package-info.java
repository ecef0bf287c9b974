/** Applies queued intents. */
@NullMarked
package io.ghala.worker;

import org.jspecify.annotations.NullMarked;
