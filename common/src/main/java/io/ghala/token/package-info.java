/** Values as the text they were written as, and their exact cast to Arrow vectors. */
@NullMarked
package io.ghala.token;

import org.jspecify.annotations.NullMarked;
