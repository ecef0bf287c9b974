/** What every command needs: settings, the ways to Redis, what was seen before, and how to fail. */
@NullMarked
package io.ghala.cli.session;

import org.jspecify.annotations.NullMarked;
