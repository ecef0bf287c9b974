/**
 * The command line: every command talks to Redis alone; {@code up} and {@code demo} start the services as child
 * processes.
 */
@NullMarked
package io.ghala.cli;

import org.jspecify.annotations.NullMarked;
