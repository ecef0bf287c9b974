/** Keeps parts and their indexes in Redis, and takes them from there again. */
@NullMarked
package io.ghala.refresher.publish;

import org.jspecify.annotations.NullMarked;
