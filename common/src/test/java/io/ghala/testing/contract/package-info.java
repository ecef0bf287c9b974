/** What every implementation of a port must do, in Redis or in the memory of a test: the same tests run over both. */
@NullMarked
package io.ghala.testing.contract;

import org.jspecify.annotations.NullMarked;
