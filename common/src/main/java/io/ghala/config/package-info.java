/** Settings as immutable records, read once at start from reference.conf, an optional file and the environment. */
@NullMarked
package io.ghala.config;

import org.jspecify.annotations.NullMarked;
