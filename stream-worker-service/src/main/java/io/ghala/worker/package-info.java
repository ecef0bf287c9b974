/** Applies queued writes to the folder. Start reading at {@link io.ghala.worker.apply.ApplyIntents}. */
@NullMarked
package io.ghala.worker;

import org.jspecify.annotations.NullMarked;
