/**
 * From the stream to the folder: batches, conditions, what can never be applied. The files themselves are brought there
 * by {@code stage}.
 */
@NullMarked
package io.ghala.worker.apply;

import org.jspecify.annotations.NullMarked;
