/** The fault injector: a schedule drawn from a seed, carried out on processes, Redis and the ways between them. */
@NullMarked
package io.ghala.chaos.nemesis;

import org.jspecify.annotations.NullMarked;
