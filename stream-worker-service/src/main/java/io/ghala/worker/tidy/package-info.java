/** Op files that nobody needs any more, and many that become one. Nothing here takes entries from the stream. */
@NullMarked
package io.ghala.worker.tidy;

import org.jspecify.annotations.NullMarked;
