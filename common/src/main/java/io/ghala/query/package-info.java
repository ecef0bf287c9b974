/** A question to the table and its answer as they travel over Redis, whoever asks and whichever replica answers. */
@NullMarked
package io.ghala.query;

import org.jspecify.annotations.NullMarked;
