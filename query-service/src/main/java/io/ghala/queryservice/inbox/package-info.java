/** Requests that come over Redis, as many at a time as there are free places. What they ask is not looked at here. */
@NullMarked
package io.ghala.queryservice.inbox;

import org.jspecify.annotations.NullMarked;
