/**
 * The table as its folder says it is, folded as plainly as the rules can be written down and sharing no decision with
 * the refresher.
 */
@NullMarked
package io.ghala.refresher.verify.fold;

import org.jspecify.annotations.NullMarked;
