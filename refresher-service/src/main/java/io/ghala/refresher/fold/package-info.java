/** Lays writes over plain rows: which rows are visible, and which evidence counts. */
@NullMarked
package io.ghala.refresher.fold;

import org.jspecify.annotations.NullMarked;
