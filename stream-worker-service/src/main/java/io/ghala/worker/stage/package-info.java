/** Op files on the disk: bringing them durably into a folder, listing and reading them. */
@NullMarked
package io.ghala.worker.stage;

import org.jspecify.annotations.NullMarked;
