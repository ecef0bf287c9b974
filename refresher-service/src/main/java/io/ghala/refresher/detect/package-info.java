/** Lists the folder and decides when a file is whole. */
@NullMarked
package io.ghala.refresher.detect;

import org.jspecify.annotations.NullMarked;
