/** The values of Arrow vectors as tokens, with the evidence that their types declare. One class per family of types. */
@NullMarked
package io.ghala.refresher.typed.cells;

import org.jspecify.annotations.NullMarked;
