/** Real service processes and a real redis-server, which a test starts, kills, pauses and replaces. */
@NullMarked
package io.ghala.chaos.cluster;

import org.jspecify.annotations.NullMarked;
