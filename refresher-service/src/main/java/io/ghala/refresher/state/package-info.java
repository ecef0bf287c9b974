/**
 * What the refresher knows of a table between two looks at its folder. Every step of a refresh may see it; it sees none
 * of them.
 */
@NullMarked
package io.ghala.refresher.state;

import org.jspecify.annotations.NullMarked;
