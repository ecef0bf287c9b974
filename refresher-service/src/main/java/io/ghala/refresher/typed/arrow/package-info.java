/** Arrow files, checked before anything follows an offset in them. */
@NullMarked
package io.ghala.refresher.typed.arrow;

import org.jspecify.annotations.NullMarked;
