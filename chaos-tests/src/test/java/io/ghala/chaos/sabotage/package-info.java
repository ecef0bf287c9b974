/**
 * The stack broken on purpose, on the wire or inside a process, to see that the checker notices. The services' code
 * stays as it is.
 */
@NullMarked
package io.ghala.chaos.sabotage;

import org.jspecify.annotations.NullMarked;
