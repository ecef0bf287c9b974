/** Ports in memory for tests; each passes the contract of its port. */
@NullMarked
package io.ghala.testing.memory;

import org.jspecify.annotations.NullMarked;
