/**
 * What the refresher remembers of a table instead of its rows: which file and which write each row of each part came
 * from, under which row id, and whether it shows. Adding or removing a file touches the rows of that file and those
 * with the same ids, nothing else.
 */
@NullMarked
package io.ghala.refresher.index;

import org.jspecify.annotations.NullMarked;
